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
static_assert(sizeof(Kept) <= POSTERN_SLOT_HANDLER_END - POSTERN_SLOT_HANDLER_TOP);

Kept &kept();

} // namespace rt::trap
