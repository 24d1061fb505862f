/// System calls that wait for the first of several events.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/file.h"
#include "rt/sys/signal.h"

namespace rt::sys {

/// Waits at most `milliseconds` until one of up to 8 descriptors can be read or has ended. Bit i of
/// the answer stands for files[i]; 0 if the time is over, or a signal was handled. [poll(2)]
base::Result<uint32_t> wait_readable(const Descriptor *files, size_t count, uint32_t milliseconds);

/// A descriptor that can be read whenever one of `signals`, which must be blocked, is pending.
/// [signalfd(2)]
base::Result<Descriptor> open_signals(SignalSet signals);

/// Takes all pending signals from it.
void take_signals(Descriptor signals);

} // namespace rt::sys
