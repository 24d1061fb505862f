/// The guarantees of this run: recorded, reported where asked, required where the app says so.
#pragma once

#include "rt/start/arguments.h"
#include "rt/start/guarantees.h"

namespace rt::start {

/// Whether the guarantees are reported at start, and whether the app requires them in full.
struct Audience {
    bool report;      // POSTERN_REPORT=1
    bool requirement; // postern_add_app's REQUIRES_ALL_GUARANTEES
    bool any() const { return report || requirement; }
};

Audience audience_of(const Arguments &arguments);

/// Records `here` for guarantees(). Prints the report if the audience wants it
/// (rt/start/README.md). If the app requires all guarantees in full and one is weaker, ends the
/// program with one line. It changes nothing, and asks the kernel for its version only.
void record_guarantees(const Guarantees &here, Audience audience);

/// Whether some domain may write key 0, by the views in the image.
bool is_key_0_writable();

} // namespace rt::start
