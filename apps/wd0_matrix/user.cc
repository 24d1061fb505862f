/// The user: code that needs only its stack, and ends in one of three ways.
#include "apps/wd0_matrix/user.h"

namespace user {

namespace {

/// This thread's PKRU; the instruction requires zero in ecx. [sdm-2 RDPKRU]
uint32_t read_pkru() {
    uint32_t bits;
    uint32_t zero;
    asm volatile("rdpkru" : "=a"(bits), "=d"(zero) : "c"(0));
    return bits;
}

} // namespace

uint32_t finish() {
    volatile uint32_t words[8];
    for (uint32_t i = 0; i < 8; ++i) {
        words[i] = i == 0 ? read_pkru() : words[i - 1];
    }
    return words[7];
}

uint32_t divide() {
    volatile uint32_t zero = 0;
    return 10 / zero; // 1 / x would need no division
}

uint32_t trespass() {
    return trusted_word;
}

} // namespace user
