/// Images of Postern that rows start: as they are with keys, or without isolation on a machine
/// without keys.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "bench/alternative/row.h"

namespace alternative {

/// How a row has an image isolate its domains. Rows with keys and without isolation are for
/// machines with and without keys; address spaces are the same on both.
enum class Isolation { keys, none, spaces };

struct Image {
    std::string name; // in the build folder, which POSTERN_BENCH_IMAGES names
    Isolation isolation;

    /// Throws Skip where the image is not there, and where this machine has keys and the row needs
    /// one without them, or the other way round.
    std::string path() const;

    /// A single variable, or none: empty.
    std::string environment() const;
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

    /// The same in two steps, so that several processes run at once.
    void begin(uint64_t loops);
    uint64_t end();

    pid_t process() const { return process_; }

private:
    pid_t process_ = 0;
    int questions_ = -1;
    int answers_ = -1;
};

/// `word` of `image`, in one process for all loops.
Measure prepare_asked(const Image &image, const std::string &word);

} // namespace alternative
