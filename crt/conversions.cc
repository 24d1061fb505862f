/// Floating point numbers of integers of 128 bits, and back, as compilers call them. The one file
/// of crt with vector registers: none of the runtime's code calls it.
#include <stdint.h>

namespace {

using Wide = __int128;
using UnsignedWide = unsigned __int128;

/// Rounds once. The topmost 64 bits that are not zero make a word, and its last bit also says
/// whether any bit below was cut off. That word is rounded as the whole number would be, because a
/// mantissa is some bits shorter.
template <class Number>
Number of_unsigned(UnsignedWide value) {
    const auto upper = static_cast<uint64_t>(value >> 64);
    if (upper == 0) {
        return static_cast<Number>(static_cast<uint64_t>(value));
    }
    const int shift = 64 - __builtin_clzll(upper);
    const bool is_cut = value << (128 - shift) != 0;
    const uint64_t first = static_cast<uint64_t>(value >> shift) | (is_cut ? 1 : 0);
    return static_cast<Number>(first) * static_cast<Number>(uint64_t{1} << (shift - 1)) * 2;
}

/// The mantissa holds a word: both words are exact, and their sum is rounded once.
template <>
long double of_unsigned(UnsignedWide value) {
    return static_cast<long double>(static_cast<uint64_t>(value >> 64)) * 0x1p64L +
           static_cast<long double>(static_cast<uint64_t>(value));
}

template <class Number>
Number of_signed(Wide value) {
    return value < 0 ? -of_unsigned<Number>(-static_cast<UnsignedWide>(value))
                     : of_unsigned<Number>(static_cast<UnsignedWide>(value));
}

/// Rounds towards zero. The result is 0 below 1, and for a value that is not a number. C++ gives no
/// result for a value that is too large.
template <class Number>
UnsignedWide to_unsigned(Number value) {
    constexpr Number word = static_cast<Number>(0x1p64);
    if (!(value >= 1)) {
        return 0;
    }
    if (value < word) {
        return static_cast<uint64_t>(value);
    }
    const auto upper = static_cast<uint64_t>(value / word);
    const auto lower = static_cast<uint64_t>(value - static_cast<Number>(upper) * word);
    return UnsignedWide{upper} << 64 | lower;
}

template <class Number>
Wide to_signed(Number value) {
    const auto magnitude = to_unsigned(value < 0 ? -value : value);
    return static_cast<Wide>(value < 0 ? -magnitude : magnitude);
}

} // namespace

extern "C" {

float __floatuntisf(UnsignedWide value) {
    return of_unsigned<float>(value);
}
double __floatuntidf(UnsignedWide value) {
    return of_unsigned<double>(value);
}
long double __floatuntixf(UnsignedWide value) {
    return of_unsigned<long double>(value);
}
float __floattisf(Wide value) {
    return of_signed<float>(value);
}
double __floattidf(Wide value) {
    return of_signed<double>(value);
}
long double __floattixf(Wide value) {
    return of_signed<long double>(value);
}
UnsignedWide __fixunssfti(float value) {
    return to_unsigned(value);
}
UnsignedWide __fixunsdfti(double value) {
    return to_unsigned(value);
}
UnsignedWide __fixunsxfti(long double value) {
    return to_unsigned(value);
}
Wide __fixsfti(float value) {
    return to_signed(value);
}
Wide __fixdfti(double value) {
    return to_signed(value);
}
Wide __fixxfti(long double value) {
    return to_signed(value);
}

} // extern "C"
