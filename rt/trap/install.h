/// Handlers and alternate stack of a thread.
#pragma once

#include "crt/handoff.h"
#include "rt/base/result.h"
#include "rt/sys/signal.h"

namespace rt::trap {

/// Chooses the frame strategy and points every synchronous signal to the trap entry, on an armed
/// alternate stack. Must come before the first domain runs.
void install(const crt::Handoff &handoff);

/// Points one asynchronous signal to the trap entry, all of them blocked while it is handled.
base::Result<base::Done> take_asynchronous(sys::Signal signal);

/// Whether dispatch, once armed, catches a system call that the runtime makes with the selector
/// closed. It is tried on this thread, while no domain's call is open.
bool dispatches();

} // namespace rt::trap
