/// The guarantees of this run: recorded, reported where asked, required where the app says so.
#pragma once

#include "rt/start/arguments.h"
#include "rt/start/guarantees.h"

namespace rt::start {

/// Who wants to know the guarantees at start.
struct Audience {
    bool report;      // POSTERN_REPORT=1
    bool requirement; // postern_add_app's REQUIRES_ALL_GUARANTEES
    bool any() const { return report || requirement; }
};

Audience audience_of(const Arguments &arguments);

/// Records `here` for guarantees(). Prints the report for an audience that wants it
/// (rt/start/README.md). Ends a program that requires all guarantees in full with one line where
/// one is weaker. It changes nothing and asks the kernel nothing but its version.
void record_guarantees(const Guarantees &here, Audience audience);

/// Whether some domain may write key 0, by the views in the image.
bool is_key_0_writable();

} // namespace rt::start
