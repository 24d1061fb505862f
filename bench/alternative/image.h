/// Images of Postern that rows start: as they are with keys, or without isolation on a machine
/// without keys.
#pragma once

#include <string>

namespace alternative {

struct Image {
    std::string name; // in the build folder, which POSTERN_BENCH_IMAGES names
    bool with_keys;

    /// Throws Skip where the image is not there, and where this machine has keys and the row needs
    /// one without them, or the other way round.
    std::string path() const;

    /// A single variable, or none: empty.
    std::string environment() const { return with_keys ? "" : "POSTERN_ISOLATION=none"; }
};

} // namespace alternative
