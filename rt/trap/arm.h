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

/// Lets rt_sigreturn arm a stack where it would leave none armed: the signal whose frame begins at
/// `frame` has come while the trap entry was about to. What the frame leads to has its rsp
/// anywhere.
void arm_by(::sigaltstack &description, uintptr_t frame);

} // namespace rt::trap
