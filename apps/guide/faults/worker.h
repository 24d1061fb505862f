/// What the worker offers: some of it goes wrong.
#pragma once

#include "rt/rt.h"

namespace worker {

/// Logs the number in a line of its own.
void note(uint64_t number);
/// number / by; notes before and after that it has begun and ended.
uint64_t divide(uint64_t number, uint64_t by);
/// How many divisions have begun and not ended.
uint64_t unfinished();
/// Forgets them.
void reset();
/// Never ends.
void spin();

} // namespace worker

constexpr rt::Entry<Domain::worker, worker::note> note;
constexpr rt::Entry<Domain::worker, worker::divide> divide;
constexpr rt::Entry<Domain::worker, worker::unfinished> unfinished;
constexpr rt::Entry<Domain::worker, worker::reset> reset;
constexpr rt::Entry<Domain::worker, worker::spin> spin;
