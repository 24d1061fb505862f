/// The signal frame of a domain in a child, and how the domain's code is stopped.
#pragma once

#include "rt/space/turn.h"
#include "rt/trap/frame.h"

namespace rt::space {

/// The frame of an event `trapped`, in the child's memory; null if the child names no place of its
/// signal stack.
trap::Frame *frame_of(const Child &child, const Told &told);

/// Copies it. False if there is none, or if its signal is another one than the event's.
bool read_frame(const Child &child, const Told &told, trap::Frame &frame);

/// Stops the code of the domain that the child runs, because its time is over, and notes in `fault`
/// which signal did so and with which registers, if the child says it. Afterwards the child waits
/// for orders, or is buried: a child that does not stop within a few milliseconds.
void stop(Child &child, base::Fault &fault);

} // namespace rt::space
