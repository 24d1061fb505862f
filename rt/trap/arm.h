/// The armed alternate stack. We alternate between two.
#pragma once

#include "rt/sys/signal.h"

struct sigaltstack; // the kernel's

namespace rt::trap {

/// Arms the first of this thread's two alternate stacks, for one frame. The kernel writes the frame
/// at the stack's top, whatever rsp is, and disarms the stack. So two frames cannot meet, and a
/// frame always fits. A stack must be armed again before the next domain instruction. Otherwise the
/// kernel writes the next frame, with all keys open, at the domain's rsp.
/// [linux signal.c v6.12, sas_ss_reset]
void arm_first();

/// Has rt_sigreturn arm an alternate stack if the frame at `frame` was delivered while none was
/// armed: its signal came when the trap entry was about to arm one. The code that goes on may have
/// any rsp, so a stack must be armed.
void arm_by(::sigaltstack &description, uintptr_t frame);

} // namespace rt::trap
