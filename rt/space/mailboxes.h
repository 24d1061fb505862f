/// The files of the mailboxes: where the monitor has them, and where they are in the files.
#pragma once

#include "rt/space/child.h"
#include "rt/sys/file.h"

namespace rt::space {

/// Makes the files and maps them, and gives each child and each spare its own mailbox. Once at start; ends the
/// program with a line if a step fails.
void make_mailboxes();

/// The files, by their numbers in the zygote.
sys::Descriptor orders_file();
sys::Descriptor answers_file();

/// The number of the mailbox of `child`, and the orders of a mailbox by its number.
uint32_t number_of(const Child &child);
Orders &orders_of(uint32_t number);

/// Where the mailbox of `child` is in the files, in bytes.
uint64_t place_in_orders(const Child &child);
uint64_t place_in_answers(const Child &child);

/// Maps the zygote's own mailbox where it will look for it, for its fork.
void map_zygotes_mailbox();

/// Once the zygote has its own: this program gives up that mapping and both descriptors.
void close_mailboxes();

} // namespace rt::space
