/// Images of Postern that rows start: as they are with keys, or without isolation on a machine
/// without keys.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "bench/alternative/row.h"

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

/// A process of an image of bench/asked, which measures itself.
class Asked {
public:
    /// Starts it with one word, its row.
    Asked(const Image &image, const std::string &word);
    ~Asked();
    Asked(const Asked &) = delete;
    Asked &operator=(const Asked &) = delete;

    /// The ticks of so many loops. Throws Broken where the process has ended.
    uint64_t ask(uint64_t loops);

private:
    pid_t process_ = 0;
    int questions_ = -1;
    int answers_ = -1;
};

/// `word` of `image`, in one process for all loops.
Measure prepare_asked(const Image &image, const std::string &word);

} // namespace alternative
