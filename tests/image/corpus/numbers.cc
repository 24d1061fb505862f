/// Integer arithmetic that the processor has no instruction for.
#include <stdint.h>

using Wide = __int128;
using UnsignedWide = unsigned __int128;

UnsignedWide divide(UnsignedWide a, UnsignedWide b) {
    return a / b;
}
UnsignedWide modulo(UnsignedWide a, UnsignedWide b) {
    return a % b;
}
Wide divide_signed(Wide a, Wide b) {
    return a / b;
}
Wide modulo_signed(Wide a, Wide b) {
    return a % b;
}
UnsignedWide divide_both(UnsignedWide a, UnsignedWide b, UnsignedWide *rest) {
    *rest = a % b;
    return a / b;
}
Wide divide_both_signed(Wide a, Wide b, Wide *rest) {
    *rest = a % b;
    return a / b;
}
UnsignedWide divide_by_ten(UnsignedWide a) {
    return a / 10;
}
UnsignedWide multiply(UnsignedWide a, UnsignedWide b) {
    return a * b;
}
bool multiply_checked(Wide a, Wide b, Wide *product) {
    return __builtin_mul_overflow(a, b, product);
}
bool multiply_checked_unsigned(UnsignedWide a, UnsignedWide b, UnsignedWide *product) {
    return __builtin_mul_overflow(a, b, product);
}
bool multiply_checked_mixed(Wide a, UnsignedWide b, int64_t *product) {
    return __builtin_mul_overflow(a, b, product);
}
bool multiply_checked_64(int64_t a, int64_t b, int64_t *product) {
    return __builtin_mul_overflow(a, b, product);
}
bool add_checked(Wide a, Wide b, Wide *sum) {
    return __builtin_add_overflow(a, b, sum);
}
bool subtract_checked(Wide a, Wide b, Wide *difference) {
    return __builtin_sub_overflow(a, b, difference);
}
Wide shift(Wide a, unsigned count) {
    return (a << count) ^ (a >> count) ^ Wide(UnsignedWide(a) >> count);
}
int order(Wide a, Wide b) {
    return a < b ? -1 : a > b;
}
Wide negate(Wide a) {
    return -a;
}
Wide absolute(Wide a) {
    return a < 0 ? -a : a;
}

int ones(uint64_t a) {
    return __builtin_popcountll(a) + __builtin_parityll(a);
}
int ones_by_hand(uint64_t a) {
    int count = 0;
    while (a != 0) {
        a &= a - 1;
        ++count;
    }
    return count;
}
int zeros(uint64_t a) {
    return __builtin_clzll(a) + __builtin_ctzll(a) + __builtin_ffsll(static_cast<int64_t>(a));
}
int zeros_by_hand(uint32_t a) {
    int count = 0;
    while (a >>= 1) {
        ++count;
    }
    return count;
}
uint64_t turn(uint64_t a) {
    return __builtin_bswap64(a) ^ __builtin_bitreverse64(a) ^ __builtin_rotateleft64(a, 13);
}
int ones_of_wide(UnsignedWide a) {
    return __builtin_popcountll(static_cast<uint64_t>(a)) +
           __builtin_popcountll(static_cast<uint64_t>(a >> 64));
}

uint64_t divide_64(uint64_t a, uint64_t b) {
    return a / b + a % b;
}
int64_t divide_64_signed(int64_t a, int64_t b) {
    return a / b + a % b;
}
uint64_t power(uint64_t base, unsigned exponent) {
    uint64_t product = 1;
    while (exponent-- != 0) {
        product *= base;
    }
    return product;
}
uint64_t count_up(uint64_t n) {
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; ++i) {
        sum += i * i;
    }
    return sum;
}
UnsignedWide count_up_wide(uint64_t n) {
    UnsignedWide sum = 0;
    for (uint64_t i = 0; i < n; ++i) {
        sum += UnsignedWide(i) * i;
    }
    return sum;
}

uint64_t exchange(uint64_t *word, uint64_t value) {
    uint64_t old = __atomic_exchange_n(word, value, __ATOMIC_SEQ_CST);
    __atomic_compare_exchange_n(word, &old, value, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
    return __atomic_fetch_add(word, 1, __ATOMIC_RELAXED) +
           __atomic_fetch_nand(word, 3, __ATOMIC_RELEASE);
}
