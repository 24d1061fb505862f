/// A domain to be debugged: a function with locals, a function that faults one call deeper.
#include "tests/debug/alice.h"

namespace {

uint64_t weighed = 1000;

[[gnu::noinline]] uint64_t fall(uint64_t address) {
    *reinterpret_cast<volatile uint64_t *>(address) = 1;
    return address + 1; // not a tail call of anything
}

[[gnu::noinline]] void note(uint64_t amount) {
    weighed += amount;
}

} // namespace

uint64_t alice::weigh(uint64_t count, uint64_t each) {
    volatile uint64_t total = 0;
    for (uint64_t i = 0; i < count; ++i) {
        total = total + each;
    }
    note(total);
    return total;
}

uint64_t alice::stumble(uint64_t step) {
    return fall(0x1230 + step) + step;
}
