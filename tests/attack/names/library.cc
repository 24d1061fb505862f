/// A library that two domains have, each a version of its own.
#include "tests/attack/names/library.h"

uint64_t library::count(uint64_t by) {
    static uint64_t counted = 0;
    return counted += STEP * by;
}
