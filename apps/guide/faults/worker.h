/// The interface of the worker. Some of its functions fault.
#pragma once

#include "rt/rt.h"

namespace worker {

/// Logs the number in a line of its own.
void note(uint64_t number);
/// number / by. Counts the division before as begun, and after as ended.
uint64_t divide(uint64_t number, uint64_t by);
/// The number of divisions that have begun and not ended.
uint64_t unfinished();
/// Sets that number to 0.
void reset();
/// Never ends.
void spin();

} // namespace worker

constexpr rt::Entry<Domain::worker, worker::note> note;
constexpr rt::Entry<Domain::worker, worker::divide> divide;
constexpr rt::Entry<Domain::worker, worker::unfinished> unfinished;
constexpr rt::Entry<Domain::worker, worker::reset> reset;
constexpr rt::Entry<Domain::worker, worker::spin> spin;
