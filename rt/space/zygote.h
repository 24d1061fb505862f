/// The zygote: a process that has nothing but the image's text and constants, and makes children.
#pragma once

#include "crt/handoff.h"
#include "rt/seal/initial_mappings.h"
#include "rt/seal/seal.h"
#include "rt/space/child.h"

namespace rt::space {

/// Makes the mailboxes, the files that children need, and the zygote, once at start: after the
/// domains' memory is shared and filled, before anything of this program is secret, sealed or
/// filtered, and after seal::find_provider. Ends the program with a line if a step fails.
void make_zygote(const crt::Handoff &handoff, seal::Vdso vdso);

/// Has the zygote make a process whose mailbox is that of `child`: ESRCH if the zygote does not
/// live.
base::Result<int> clone_zygote(const Child &child);

/// Whether the kernel can dispatch the system calls of children; by start-up, once it has tried.
void set_dispatches(bool can);

/// Whether children seal their mailboxes, and whether their system calls are dispatched.
bool seals();
bool dispatches();

} // namespace rt::space
