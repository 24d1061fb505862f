/// Requests that were once good, and what became of them.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/hosted/signer_image.h"

namespace hosted {

/// Makes mutated request lines, the same ones for the same seed.
class RequestMutator {
public:
    /// `files` exist and can be signed.
    RequestMutator(const Image &image, std::vector<std::string> files, std::uint64_t seed);

    /// One line, without its line feed and with none in it.
    std::string next();

private:
    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
    template <class T>
    const T &one_of(const std::vector<T> &choices) {
        return choices[below(choices.size())];
    }

    std::string digits(std::size_t count);
    std::string good();
    std::string with_another_path();
    std::string with_an_overflow();
    std::string with_other_bytes();

    std::vector<std::string> files_;
    std::vector<std::uint64_t> addresses_; // worth aiming at
    std::mt19937_64 random_;
};

} // namespace hosted
