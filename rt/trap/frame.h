/// What the kernel wrote: the signal frame.
#pragma once

#include <stddef.h>
// In this order: asm/ucontext.h is not self-contained.
#include <linux/signal.h>

#include <asm/sigcontext.h>

#include <asm/ucontext.h>

#include "rt/base/fault.h"
#include "rt/key/pkru.h"

namespace rt::trap {

/// The frame at rsp when a handler begins. [linux sigframe.h v6.12]
struct Frame {
    uint64_t restorer;
    ucontext context;
    siginfo_t info;
};
static_assert(offsetof(Frame, context) == 8);
static_assert(offsetof(Frame, info) == 312);

/// [sdm-3 6.3.1]
inline constexpr uint64_t trap_page_fault = 14;

/// The general registers as they were interrupted.
base::Registers registers_of(const Frame &frame);

/// The interrupted PKRU: the word in the frame's XSAVE area; zero, every key open, where keys
/// isolate nothing.
key::Pkru pkru_of(const Frame &frame);

/// Makes `pkru` what a return by this frame restores. The word alone does not count: the kernel
/// takes a component whose bit is clear for its initial value. [linux signal_64.c v6.12]
/// Where nothing isolates, frames hold no such word, and nothing is written.
void set_pkru(Frame &frame, key::Pkru pkru);

/// Bytes of the frame's XSAVE area with all that the kernel looks for behind it.
size_t extended_size(const Frame &frame);

/// The trap as a fault record; `domain` is left to the caller.
base::Fault fault_of(const Frame &frame);

} // namespace rt::trap
