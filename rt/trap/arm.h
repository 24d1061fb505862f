/// The armed alternate stack: two take turns.
#pragma once

#include "rt/sys/signal.h"

struct sigaltstack; // the kernel's

namespace rt::trap {

/// Arms the first of this thread's two alternate stacks, for one frame. The kernel begins it at the
/// stack's end, wherever a domain has put rsp, and disarms the stack: two frames cannot meet, and
/// none can fail to fit. Until the next domain instruction one must be armed again: without, the
/// kernel writes the next frame, with all keys open, to where the domain's rsp leads.
/// [linux signal.c v6.12, sas_ss_reset]
void arm_first();

/// Lets rt_sigreturn do the same.
void arm_first_by(::sigaltstack &description);

} // namespace rt::trap
