/// The zygote: a process that has nothing but the image's text and constants, and makes children.
#pragma once

#include "crt/handoff.h"
#include "rt/seal/initial_mappings.h"
#include "rt/seal/seal.h"
#include "rt/space/child.h"

namespace rt::space {

/// Makes the files of the mailboxes and the zygote, once at start: after the domains' memory is
/// shared and filled, before anything of this program is secret, sealed or filtered. Ends the
/// program with a line if a step fails.
void make_zygote(const crt::Handoff &handoff, seal::Provider provider, seal::Vdso vdso);

/// Whether the zygote has been made: the domains of this program run in children.
bool is_made();

/// Has the zygote make a process whose mailbox is that of `child`: ESRCH if the zygote does not
/// live.
base::Result<int> clone_zygote(const Child &child);

/// The files that children map, by their numbers in the zygote.
struct Files {
    int orders, answers, domains;
    int domains_to_read; // the same file, opened to be read; -1 where no domain reads a data domain
    int loans;           // -1 without data domains
};
const Files &files_in_zygote();

/// Where a child's orders are in their file.
uint64_t place_in_orders(const Child &child);

/// Whether the kernel can dispatch the system calls of children; by start-up, once it has tried.
void set_dispatches(bool can);

/// Whether children seal their mailboxes, and whether their system calls are dispatched.
bool seals();
bool dispatches();

} // namespace rt::space
