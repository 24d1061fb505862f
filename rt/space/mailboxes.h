/// The files of the mailboxes: where the monitor has them, and where they are in the files.
#pragma once

#include "rt/space/child.h"
#include "rt/sys/file.h"

namespace rt::space {

/// Makes the files and maps them, and gives each child its own mailbox. Once at start; ends the
/// program with a line if a step fails.
void make_mailboxes();

/// Whether they are made: domains of this program run in children.
bool has_mailboxes();

/// The files, by their numbers in the zygote.
sys::Descriptor orders_file();
sys::Descriptor answers_file();

/// Where the mailbox of `child` is in them, in bytes.
uint64_t place_in_orders(const Child &child);
uint64_t place_in_answers(const Child &child);

/// Maps the zygote's own mailbox where it will look for it, for its fork.
void map_zygotes_mailbox();

/// Once the zygote has its own: this program gives up that mapping and both descriptors.
void close_mailboxes();

} // namespace rt::space
