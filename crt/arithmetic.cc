/// Integers of 128 bits: division and shifts, as compilers call them.
#include <stdint.h>

namespace {

using Wide = __int128;
using UnsignedWide = unsigned __int128;

struct Division {
    UnsignedWide quotient;
    UnsignedWide rest;
};

/// One word of the quotient of rest:low divided by `divisor`, where `rest` is less than `divisor`.
/// The remainder is left in `rest`. A divisor of 0 raises the processor's divide error.
uint64_t divide_word(uint64_t &rest, uint64_t low, uint64_t divisor) {
    uint64_t quotient;
    asm("divq %[divisor]" : "=a"(quotient), "+d"(rest) : "a"(low), [divisor] "r"(divisor) : "cc");
    return quotient;
}

Division divide(UnsignedWide number, UnsignedWide divisor) {
    const auto upper = static_cast<uint64_t>(divisor >> 64);
    uint64_t rest = 0;
    if (upper == 0) {
        const auto by = static_cast<uint64_t>(divisor);
        const UnsignedWide high = divide_word(rest, static_cast<uint64_t>(number >> 64), by);
        return {high << 64 | divide_word(rest, static_cast<uint64_t>(number), by), rest};
    }
    // The quotient fits in one word. Half the number divided by the first 64 bits of the divisor
    // gives that word, or one too many. So one less is the quotient, or one too few.
    const int shift = __builtin_clzll(upper);
    rest = static_cast<uint64_t>(number >> 65);
    const UnsignedWide half_quotient = divide_word(rest, static_cast<uint64_t>(number >> 1),
                                                   static_cast<uint64_t>((divisor << shift) >> 64));
    UnsignedWide quotient = (half_quotient << shift) >> 63;
    quotient -= quotient != 0;
    const UnsignedWide left = number - quotient * divisor;
    return left < divisor ? Division{quotient, left} : Division{quotient + 1, left - divisor};
}

UnsignedWide magnitude(Wide number) {
    return number < 0 ? -static_cast<UnsignedWide>(number) : static_cast<UnsignedWide>(number);
}

Wide with_sign(UnsignedWide number, bool is_negative) {
    return static_cast<Wide>(is_negative ? -number : number);
}

} // namespace

extern "C" {

UnsignedWide __udivti3(UnsignedWide number, UnsignedWide divisor) {
    return divide(number, divisor).quotient;
}

UnsignedWide __umodti3(UnsignedWide number, UnsignedWide divisor) {
    return divide(number, divisor).rest;
}

Wide __divti3(Wide number, Wide divisor) {
    return with_sign(divide(magnitude(number), magnitude(divisor)).quotient,
                     (number < 0) != (divisor < 0));
}

Wide __modti3(Wide number, Wide divisor) {
    return with_sign(divide(magnitude(number), magnitude(divisor)).rest, number < 0);
}

// Code compiled for size (-Oz) calls these. Other code has them inline, this file included.
Wide __ashlti3(Wide number, int count) {
    return number << count;
}

Wide __ashrti3(Wide number, int count) {
    return number >> count;
}

Wide __lshrti3(Wide number, int count) {
    return static_cast<Wide>(static_cast<UnsignedWide>(number) >> count);
}

} // extern "C"
