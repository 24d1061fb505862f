/// Helpers that gcc calls on its own and that crt, which is built by clang, does not need.
/// [gcc libgcc-integer]
#include "crt/library/library.h"

using Wide = __int128;
using UnsignedWide = unsigned __int128;

namespace {

/// Sums of bits of each pair, then of each group of four, then of each byte.
int bits_of(uint64_t number) {
    number -= number >> 1 & 0x5555555555555555;
    number = (number & 0x3333333333333333) + (number >> 2 & 0x3333333333333333);
    number = (number + (number >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return static_cast<int>(number * 0x0101010101010101 >> 56);
}

} // namespace

extern "C" {

int __popcountsi2(unsigned number);
int __popcountdi2(uint64_t number);
int __popcountti2(UnsignedWide number);
int __paritydi2(uint64_t number);
int __ffsti2(UnsignedWide number);
int __clzti2(UnsignedWide number);
int __ctzti2(UnsignedWide number);
UnsignedWide __udivmodti4(UnsignedWide number, UnsignedWide divisor, UnsignedWide *rest);
Wide __divmodti4(Wide number, Wide divisor, Wide *rest);

LIBRARY int __popcountsi2(unsigned number) {
    return bits_of(number);
}

LIBRARY int __popcountdi2(uint64_t number) {
    return bits_of(number);
}

LIBRARY int __popcountti2(UnsignedWide number) {
    return bits_of(static_cast<uint64_t>(number)) + bits_of(static_cast<uint64_t>(number >> 64));
}

LIBRARY int __paritydi2(uint64_t number) {
    return bits_of(number) & 1;
}

LIBRARY int __clzti2(UnsignedWide number) {
    const auto high = static_cast<uint64_t>(number >> 64);
    return high != 0 ? __builtin_clzll(high) : 64 + __builtin_clzll(static_cast<uint64_t>(number));
}

LIBRARY int __ctzti2(UnsignedWide number) {
    const auto low = static_cast<uint64_t>(number);
    return low != 0 ? __builtin_ctzll(low)
                    : 64 + __builtin_ctzll(static_cast<uint64_t>(number >> 64));
}

LIBRARY int __ffsti2(UnsignedWide number) {
    return number == 0 ? 0 : __ctzti2(number) + 1;
}

LIBRARY UnsignedWide __udivmodti4(UnsignedWide number, UnsignedWide divisor, UnsignedWide *rest) {
    const UnsignedWide quotient = number / divisor;
    if (rest != nullptr) {
        *rest = number - quotient * divisor;
    }
    return quotient;
}

LIBRARY Wide __divmodti4(Wide number, Wide divisor, Wide *rest) {
    const Wide quotient = number / divisor;
    if (rest != nullptr) {
        *rest = number - quotient * divisor;
    }
    return quotient;
}

} // extern "C"
