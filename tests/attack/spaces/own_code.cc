/// The code of carol.
#include "tests/attack/spaces/own_code.h"

namespace own_code {

uint64_t reach(uint64_t view, uint64_t place, uint64_t store) {
    auto *word = reinterpret_cast<volatile uint64_t *>(place);
    asm volatile("wrpkru" : : "a"(view), "c"(0), "d"(0) : "memory");
    if (store != 0) {
        *word = view;
        return 0;
    }
    return *word;
}

uint64_t answer() {
    return 42;
}

} // namespace own_code
