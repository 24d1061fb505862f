/// Another thread that changes a domain's memory while the monitor copies it.
#pragma once

#include "tests/rt/uaccess/places.h"

namespace racer {

/// The thread's task, repeated with the number of the round. It may call `system_call` and nothing
/// else.
using Change = void (*)(uint64_t round);

/// Starts the thread. It has the view of a window on alice and no part of the runtime: neither a
/// slot nor an alternate stack nor dispatch is inherited.
void start(Change change);

/// The rounds that it has made.
uint64_t rounds();

/// Ends it.
void stop();

/// For the thread: without a slot. `number` is the kernel's.
long system_call(long number, uint64_t a = 0, uint64_t b = 0, uint64_t c = 0, uint64_t d = 0,
                 uint64_t e = 0);

} // namespace racer
