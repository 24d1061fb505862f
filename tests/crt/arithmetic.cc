/// The 128-bit arithmetic of crt, against references that go bit by bit.
#include "tests/harness/harness.h"
#include "tests/harness/random.h"

using Wide = __int128;
using UnsignedWide = unsigned __int128;

extern "C" {
// Functions that clang calls for shifts, at -Oz only.
Wide __ashlti3(Wide number, int count);
Wide __ashrti3(Wide number, int count);
Wide __lshrti3(Wide number, int count);
}

namespace {

constexpr uint64_t all_ones = ~uint64_t{0};
constexpr UnsignedWide top_bit = UnsignedWide{1} << 127;

/// Numbers whose ends and lengths are those at which arithmetic of two words changes its way.
class Numbers {
public:
    UnsignedWide next() {
        const uint64_t kind = random_.below(4);
        const auto length = static_cast<unsigned>(random_.below(129));
        UnsignedWide number = UnsignedWide{random_.next()} << 64 | random_.next();
        if (kind == 0) {
            number = ~UnsignedWide{0};
        } else if (kind == 1) {
            number = UnsignedWide{1} << random_.below(128);
        }
        number = length == 128 ? number : number & ((UnsignedWide{1} << length) - 1);
        return number + random_.below(3) - 1;
    }

private:
    harness::Random random_{7};
};

struct Division {
    UnsignedWide quotient, rest;
};

/// Long division, a bit at a time.
Division reference_division(UnsignedWide number, UnsignedWide divisor) {
    Division result{0, 0};
    for (int bit = 127; bit >= 0; --bit) {
        const bool carry = (result.rest & top_bit) != 0;
        result.rest = result.rest << 1 | (number >> bit & 1);
        if (carry || result.rest >= divisor) {
            result.rest -= divisor;
            result.quotient |= UnsignedWide{1} << bit;
        }
    }
    return result;
}

/// Keeps a compiler from computing with what it knows of a number.
template <class Number>
Number unknown(Number number) {
    asm volatile("" : "+m"(number));
    return number;
}

bool same(UnsignedWide seen, UnsignedWide wanted) {
    return EXPECT_EQUAL(seen >> 64, wanted >> 64) && EXPECT_EQUAL(seen, wanted);
}

UnsignedWide magnitude(Wide number) {
    return number < 0 ? -static_cast<UnsignedWide>(number) : static_cast<UnsignedWide>(number);
}

/// `value` with a mantissa of `bits` bits, rounded to the nearest, to even where two are: as a
/// whole number, 0 where that is 2^128.
UnsignedWide rounded(UnsignedWide value, int bits) {
    int length = 128;
    while (length != 0 && (value >> (length - 1) & 1) == 0) {
        --length;
    }
    const int cut = length - bits;
    if (cut <= 0) {
        return value;
    }
    const UnsignedWide rest = value & ((UnsignedWide{1} << cut) - 1);
    const UnsignedWide half = UnsignedWide{1} << (cut - 1);
    const UnsignedWide kept = value >> cut;
    const bool is_up = rest > half || (rest == half && (kept & 1) != 0);
    return (kept + (is_up ? 1 : 0)) << cut;
}

/// Both ways; a number that is exact comes back as it was.
template <class Number>
void check_conversions(UnsignedWide value, int bits) {
    const UnsignedWide wanted = rounded(value, bits);
    if (wanted != 0 || value == 0) {
        const auto number = unknown(static_cast<Number>(unknown(value)));
        same(static_cast<UnsignedWide>(number), wanted);
        EXPECT(number >= 0);
    }
    const Wide half = static_cast<Wide>(value >> 1);
    const UnsignedWide wanted_half = rounded(magnitude(half), bits);
    if (wanted_half < top_bit) {
        const auto positive = unknown(static_cast<Number>(unknown(half)));
        const auto negative = unknown(static_cast<Number>(unknown(-half)));
        same(static_cast<UnsignedWide>(static_cast<Wide>(positive)), wanted_half);
        same(static_cast<UnsignedWide>(static_cast<Wide>(negative)), -wanted_half);
        EXPECT(negative == -positive);
    }
}

/// A fraction goes towards zero.
template <class Number>
void check_fractions() {
    constexpr Number numbers[] = {Number(0.99), Number(1.5), Number(2.75), Number(0)};
    for (const Number number : numbers) {
        const auto whole = static_cast<uint64_t>(number);
        EXPECT_EQUAL(static_cast<UnsignedWide>(unknown(number)), whole);
        EXPECT_EQUAL(static_cast<Wide>(unknown(-number)), -whole);
    }
}

} // namespace

POSTERN_TEST("run.arithmetic.division_of_128_bits", SHOWS(crt_defines_compiler_calls)) {
    Numbers numbers;
    uint64_t divided = 0;
    for (uint64_t i = harness::scaled(1'000'000); i != 0; --i) {
        const UnsignedWide number = numbers.next();
        const UnsignedWide divisor = numbers.next();
        if (divisor == 0) {
            continue;
        }
        ++divided;
        const Division wanted = reference_division(number, divisor);
        if (!same(unknown(number) / divisor, wanted.quotient) ||
            !same(unknown(number) % divisor, wanted.rest)) {
            return;
        }
    }
    EXPECT(divided > 100);
}

POSTERN_TEST("run.arithmetic.signed_division_of_128_bits", SHOWS(crt_defines_compiler_calls)) {
    constexpr Wide values[] = {1, 2, 3, 10, Wide{all_ones}, Wide{1} << 64, Wide(top_bit - 1)};
    for (const Wide number : values) {
        for (const Wide divisor : values) {
            const Division wanted = reference_division(UnsignedWide(number), UnsignedWide(divisor));
            const auto quotient = static_cast<Wide>(wanted.quotient);
            const auto rest = static_cast<Wide>(wanted.rest);
            EXPECT(unknown(number) / divisor == quotient && unknown(number) % divisor == rest);
            EXPECT(unknown(-number) / divisor == -quotient && unknown(-number) % divisor == -rest);
            EXPECT(unknown(number) / -divisor == -quotient && unknown(number) % -divisor == rest);
            EXPECT(unknown(-number) / -divisor == quotient && unknown(-number) % -divisor == -rest);
        }
    }
    const auto least = static_cast<Wide>(top_bit);
    EXPECT(unknown(least) / 1 == least && unknown(least) % 1 == 0);
    EXPECT(unknown(least) / 2 == -(Wide{1} << 126));
}

POSTERN_TEST("run.arithmetic.shifts_of_128_bits", SHOWS(crt_defines_compiler_calls)) {
    constexpr UnsignedWide number = UnsignedWide{0x8123456789abcdef} << 64 | 0xfedcba9876543210;
    for (int count = 0; count < 128; ++count) {
        UnsignedWide left = number, right = number, with_sign = number;
        for (int i = 0; i < count; ++i) {
            left += left;
            right >>= 1;
            with_sign = with_sign >> 1 | top_bit;
        }
        same(UnsignedWide(__ashlti3(Wide(number), count)), left);
        same(UnsignedWide(__lshrti3(Wide(number), count)), right);
        same(UnsignedWide(__ashrti3(Wide(number), count)), with_sign);
    }
}

POSTERN_TEST("run.arithmetic.conversions_of_128_bits_round_once",
             SHOWS(crt_defines_compiler_calls)) {
    Numbers numbers;
    for (uint64_t i = harness::scaled(300'000); i != 0; --i) {
        const UnsignedWide value = numbers.next();
        check_conversions<float>(value, 24);
        check_conversions<double>(value, 53);
        check_conversions<long double>(value, 64);
    }
    // The nearest is even, or another bit far below decides.
    constexpr int mantissas[] = {24, 53, 64};
    for (const int bits : mantissas) {
        const UnsignedWide first = UnsignedWide{1} << 127;
        const UnsignedWide half = first >> bits;
        const UnsignedWide values[] = {first + half, first + 3 * half, first + half + 1,
                                       first + half - 1, first + 3 * half - 1};
        for (const UnsignedWide value : values) {
            check_conversions<float>(value, 24);
            check_conversions<double>(value, 53);
            check_conversions<long double>(value, 64);
        }
    }
    check_fractions<float>();
    check_fractions<double>();
    check_fractions<long double>();
}
