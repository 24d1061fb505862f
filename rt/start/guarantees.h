/// What the runtime guarantees on this machine, and what provides it.
#pragma once

#include "rt/start/mediate.h"
#include "rt/trap/strategy.h"

namespace rt::start {

/// One member per guarantee that depends on processor or kernel. Known before `prepare`.
struct Guarantees {
    trap::FrameStrategy frames;
    Mediation system_calls;
};

const Guarantees &guarantees();

} // namespace rt::start
