/// The zygote: a process that has nothing but the image's text and constants, and makes children.
#pragma once

#include "crt/handoff.h"
#include "rt/seal/initial_mappings.h"
#include "rt/seal/seal.h"
#include "rt/space/child.h"

namespace rt::space {

/// Makes the mailboxes, the files that children need, and the zygote, once at start: after
/// seal::find_provider and make_memory, before anything of this program is secret, sealed or
/// filtered. Early, because a fork costs less where little is mapped and written. Ends the program
/// with a line if a step fails.
///
/// It does not wait for the zygote, which prepares itself meanwhile. The first birth does, and ends
/// the program with a line if the zygote could not.
void make_zygote(const crt::Handoff &handoff, seal::Vdso vdso);

/// Has the zygote make a process whose mailbox is that of `child`: ESRCH if the zygote does not
/// live.
base::Result<int> clone_zygote(const Child &child);

/// Has the zygote make a process for the mailbox of `child` in advance, and does not wait for it: the
/// two run when this core is free. Not while it is busy. Does nothing if it does not live.
void order_spare(const Child &child);
bool is_zygote_busy();

/// Whether it makes one for this mailbox, or has made one that was not looked for since.
bool is_owed(const Child &child);

/// Waits for the process that was ordered in advance, if one was, and notes it in its mailbox.
void collect_spare();

/// Whether the kernel can dispatch the system calls of children; by start-up, once it has tried.
void set_dispatches(bool can);

/// Whether children seal their mailboxes, and whether their system calls are dispatched.
bool seals();
bool dispatches();

} // namespace rt::space
