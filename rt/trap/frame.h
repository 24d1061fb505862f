/// The signal frame, as the kernel wrote it.
#pragma once

#include <stddef.h>
// In this order: asm/ucontext.h is not self-contained.
#include <linux/signal.h>

#include <asm/sigcontext.h>

#include <asm/ucontext.h>

#include "rt/base/fault.h"
#include "rt/base/region.h"
#include "rt/key/pkru.h"
#include "rt/base/frame_layout.h"

#include "rt/sys/signal.h"

namespace rt::trap {

/// The frame at rsp when a handler begins. [linux sigframe.h v6.12]
struct Frame {
    uint64_t restorer;
    ucontext context;
    siginfo_t info;
};
static_assert(offsetof(Frame, context) == 8);
static_assert(offsetof(Frame, info) == RT_FRAME_SIGNAL);
static_assert(sizeof(Frame) == RT_FRAME_BYTES);
static_assert(offsetof(Frame, context.uc_mcontext.fpstate) == RT_FRAME_STATE);
static_assert(offsetof(Frame, context.uc_mcontext.rip) == RT_FRAME_RIP);
static_assert(offsetof(Frame, context.uc_mcontext.err) == RT_FRAME_ERROR);
static_assert(offsetof(Frame, context.uc_mcontext.trapno) == RT_FRAME_TRAP);
static_assert(offsetof(Frame, context.uc_mcontext.cr2) == RT_FRAME_CR2);

static_assert(offsetof(_fpstate_64, sw_reserved.extended_size) == RT_STATE_EXTENDED_SIZE);
static_assert(static_cast<int>(sys::Signal::syscall) == RT_SIGNAL_SYSCALL);
static_assert(RT_SIGNALS_SYNCHRONOUS == sys::synchronous_signals.bits << 1);

/// [sdm-3 6.3.1]
inline constexpr uint64_t trap_page_fault = 14;

/// The general registers as they were interrupted.
base::Registers registers_of(const Frame &frame);

/// The interrupted PKRU: the word in the frame's XSAVE area; zero, every key open, where keys
/// isolate nothing.
key::Pkru pkru_of(const Frame &frame);

/// Sets the PKRU that rt_sigreturn restores; does nothing if keys isolate nothing.
void set_pkru(const Frame &frame, key::Pkru pkru);

/// The trap as a fault record; `domain` is left to the caller. `pkru` is the interrupted one: the
/// frame may be a copy without its XSAVE area.
base::Fault fault_of(const Frame &frame, key::Pkru pkru);

/// Wipes a frame at the place where the kernel has written it, once it has been copied. It does so
/// if domains reach that stack, that is, with the frame key (rt/trap/strategy.h). The frame of an
/// interrupted system call of the monitor's contains the call word.
void wipe_written(const Frame &frame);

/// The whole alternate stack that contains `frame`, if domains reach it; else nothing. A handler
/// that runs there leaves more than the frame.
base::Region stack_to_wipe(const Frame &frame);

} // namespace rt::trap
