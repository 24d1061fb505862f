/// The interface of the worker, which crashes on every third request and gives no memory back.
#pragma once

#include "rt/rt.h"

namespace worker {

/// The square of `number`; 0 if the heap is exhausted. The third request of a life faults, and
/// so would each later one.
uint64_t square(uint64_t number);

} // namespace worker

constexpr rt::Entry<Domain::worker, worker::square> square;
