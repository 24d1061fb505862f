/// An untrusted domain to be debugged.
#include "tests/debug/domains.h"

namespace {

uint64_t weighed = 1000;

[[gnu::noinline]] void note(uint64_t amount, uint64_t *total) {
    weighed += amount;
    *total += 1;
}

[[gnu::noinline]] uint64_t fall(uint64_t address) {
    *reinterpret_cast<volatile uint64_t *>(address) = 1;
    return address + 1;
}

[[gnu::noinline]] uint64_t trip(uint64_t step) {
    return fall(0x1230 + step) + step;
}

} // namespace

uint64_t stranger::weigh(uint64_t count, uint64_t each) {
    uint64_t total = 0;
    for (uint64_t i = 0; i < count; ++i) {
        total += each;
    }
    note(each, &total);
    return total;
}

uint64_t stranger::stumble(uint64_t step) {
    return trip(step) + 1;
}
