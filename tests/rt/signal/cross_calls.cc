/// The cross call of the signal tests.
#include "rt/rt.h"

#include "tests/rt/signal/cross_calls.h"

namespace cross_calls {

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

} // namespace cross_calls

POSTERN_CROSS_CALLS(cross_calls::to_bob);
