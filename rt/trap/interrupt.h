/// The code that a handler of an asynchronous signal has interrupted.
#pragma once

#include "rt/trap/frame.h"

namespace rt::trap {

/// The frame to which this thread returns at the handler's end, on top of the handlers' stack. It
/// is complete there: a fault in the handler may put a frame of its own on the alternate stack.
struct Kept {
    alignas(64) uint8_t state[0x3000]; // the XSAVE area
    Frame frame;
};
static_assert(sizeof(Kept) <= POSTERN_SLOT_FAULT - POSTERN_SLOT_HANDLER_TOP);

Kept &kept();

/// A signal handler called into a domain. That is not recoverable, because the interrupted domain
/// may itself have been running. Handlers run with all domain stacks unset (interrupt.cc), so that
/// the domain faults at its first push.
[[noreturn]] void panic_handler_called_domain(Domain domain);

} // namespace rt::trap
