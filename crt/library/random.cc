/// Numbers that look random, the same ones in each run; and the environment, which is empty.
#include "crt/library/include/stdlib.h"
#include "crt/library/library.h"

namespace {

uint64_t state = 1;

/// A linear congruential step, of which the upper bits are taken. [knuth-mmix]
int next(uint64_t &word) {
    word = word * 6364136223846793005 + 1442695040888963407;
    return static_cast<int>(word >> 33);
}

} // namespace

extern "C" {

LIBRARY int rand() {
    return next(state);
}

LIBRARY void srand(unsigned seed) {
    state = seed;
}

LIBRARY int rand_r(unsigned *seed) {
    uint64_t word = *seed;
    next(word);
    const int result = next(word);
    *seed = static_cast<unsigned>(word >> 16);
    return result;
}

LIBRARY long random() {
    return next(state);
}

LIBRARY void srandom(unsigned seed) {
    state = seed;
}

LIBRARY char *getenv(const char *) {
    return nullptr;
}

LIBRARY char *secure_getenv(const char *) {
    return nullptr;
}

} // extern "C"
