/// The key of the alternate stacks, and why.
#pragma once

#include <stdint.h>

#include "crt/handoff.h"

namespace rt::trap {

/// monitor_key: the kernel writes signal frames with all keys open (rt/KERNELS.md), so the
/// alternate stack has the monitor's key. frame_key: the kernel writes them under the interrupted
/// view, so the stack has key 15, which is open in every view. That is sound against a buggy
/// domain, and against a hostile one as long as it has a single thread.
enum class FrameStrategy : uint8_t { monitor_key, frame_key };

/// Asks the kernel by a harmless signal (rt/trap/probe.S) which strategy it allows; opens the frame
/// key. Without keys there is nothing to ask: monitor_key. In images built to allow it (tests),
/// POSTERN_FRAME=frame_key forces the weaker one.
FrameStrategy choose_frame_strategy(const crt::Handoff &handoff);

/// The strategy that the alternate stacks have now.
FrameStrategy frame_strategy();

} // namespace rt::trap
