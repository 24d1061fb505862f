/// The way back from a signal: rt_sigreturn by a frame that leads to rt/trap/resume.S.
#pragma once

#include "rt/trap/frame.h"

extern "C" {
/// rt/trap/resume.S: has the kernel take `frame` back; then the thread goes on where the frame
/// leads.
[[noreturn]] void rt_trap_return(const rt::trap::Frame *frame);
extern const char rt_trap_resume_domain[], rt_trap_resume_monitor[], rt_trap_resume_end[];
}

namespace rt::trap {

inline constexpr uint16_t user_code = 0x33; // 64-bit mode [linux segment.h v6.12]

/// Lets the frame lead to `place`, with nothing pending; its PKRU is left to the caller.
void redirect_to(Frame &frame, const char *place);

/// Lets the frame lead back into the domain whose call is the innermost, with the frame's
/// registers. Those that rt_trap_resume_domain needs for itself go to a block at the top of the
/// domain's own stack, because they are loaded under the domain's view.
void resume_in_domain(Frame &frame);

/// Gives the frame the registers in the block of resume_in_domain, as it is now: the domain may
/// have written it.
void take_block(Frame &frame);

/// Lets the frame lead back to the monitor, with the dispatch selector as it was. The registers
/// that rt_trap_resume_monitor needs for itself go to the slot.
void resume_in_monitor(Frame &frame, uint64_t selector);

} // namespace rt::trap
