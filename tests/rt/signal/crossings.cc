/// The crossing of the signal tests.
#include "rt/rt.h"

#include "tests/rt/signal/crossings.h"

namespace crossings {

uint64_t work(uint64_t a) {
    while (a == 0) {
        asm volatile("");
    }
    return 2 * a;
}

uint64_t cross() {
    const auto answer = to_bob(0ul);
    while (answer.value_or(1) != 0) {
        asm volatile("");
    }
    return 0;
}

} // namespace crossings

POSTERN_CROSSINGS(crossings::to_bob);
