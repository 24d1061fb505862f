/// Numbers from text, and their quotients.
#include "crt/library/include/ctype.h"
#include "crt/library/include/errno.h"
#include "crt/library/include/stdlib.h"
#include "crt/library/library.h"

namespace {

/// The value of a digit in bases up to 36; 36 if the character is none.
unsigned digit_of(char character) {
    if (isdigit(character) != 0) {
        return static_cast<unsigned>(character - '0');
    }
    const int small = tolower(static_cast<unsigned char>(character));
    return islower(small) != 0 ? static_cast<unsigned>(small - 'a' + 10) : 36;
}

struct Parsed {
    uint64_t magnitude;
    bool is_negative;
    bool is_too_large;
};

/// Reads the digits at `at`, which it moves to their end.
uint64_t parse_digits(const char *&at, unsigned base, bool &is_too_large) {
    uint64_t value = 0;
    for (; digit_of(*at) < base; ++at) {
        is_too_large |= __builtin_mul_overflow(value, base, &value);
        is_too_large |= __builtin_add_overflow(value, digit_of(*at), &value);
    }
    return value;
}

/// Blanks, a sign, a prefix and digits. [c11 7.22.1.4]
Parsed parse(const char *text, char **end, int base) {
    Parsed parsed{};
    if (base < 0 || base == 1 || base > 36) {
        errno = EINVAL;
        return parsed;
    }
    const char *at = text;
    while (isspace(*at) != 0) {
        ++at;
    }
    parsed.is_negative = *at == '-';
    at += *at == '-' || *at == '+' ? 1 : 0;
    const bool has_prefix = at[0] == '0' && (at[1] == 'x' || at[1] == 'X') && digit_of(at[2]) < 16;
    if (has_prefix && (base == 0 || base == 16)) {
        at += 2;
        base = 16;
    }
    base = base != 0 ? base : *at == '0' ? 8 : 10;
    const char *const digits = at;
    parsed.magnitude = parse_digits(at, static_cast<unsigned>(base), parsed.is_too_large);
    if (end != nullptr) {
        *end = const_cast<char *>(at == digits ? text : at);
    }
    return parsed;
}

long long parse_signed(const char *text, char **end, int base) {
    const Parsed parsed = parse(text, end, base);
    const uint64_t most = static_cast<uint64_t>(INT64_MAX) + (parsed.is_negative ? 1 : 0);
    const bool is_out = parsed.is_too_large || parsed.magnitude > most;
    if (is_out) {
        errno = ERANGE;
    }
    const uint64_t magnitude = is_out ? most : parsed.magnitude;
    return static_cast<long long>(parsed.is_negative ? 0 - magnitude : magnitude);
}

unsigned long long parse_unsigned(const char *text, char **end, int base) {
    const Parsed parsed = parse(text, end, base);
    if (parsed.is_too_large) {
        errno = ERANGE;
        return UINT64_MAX;
    }
    return parsed.is_negative ? 0 - parsed.magnitude : parsed.magnitude;
}

} // namespace

extern "C" {

// Each also has the names that newer headers give to it: they read binary numbers, 0b1, too, which
// these do not.
#define PARSES(type, name, other_name, parse)                                                      \
    type other_name(const char *text, char **end, int base);                                       \
    LIBRARY type name(const char *__restrict text, char **__restrict end, int base) {              \
        return parse(text, end, base);                                                             \
    }                                                                                              \
    LIBRARY type other_name(const char *text, char **end, int base) {                              \
        return parse(text, end, base);                                                             \
    }
PARSES(long, strtol, __isoc23_strtol, parse_signed)
PARSES(long long, strtoll, __isoc23_strtoll, parse_signed)
PARSES(unsigned long, strtoul, __isoc23_strtoul, parse_unsigned)
PARSES(unsigned long long, strtoull, __isoc23_strtoull, parse_unsigned)
#undef PARSES

LIBRARY int atoi(const char *text) {
    return static_cast<int>(parse_signed(text, nullptr, 10));
}

LIBRARY long atol(const char *text) {
    return parse_signed(text, nullptr, 10);
}

LIBRARY long long atoll(const char *text) {
    return parse_signed(text, nullptr, 10);
}

LIBRARY int abs(int number) {
    return number < 0 ? -number : number;
}

LIBRARY long labs(long number) {
    return number < 0 ? -number : number;
}

LIBRARY long long llabs(long long number) {
    return number < 0 ? -number : number;
}

LIBRARY div_t div(int number, int divisor) {
    return {number / divisor, number % divisor};
}

LIBRARY ldiv_t ldiv(long number, long divisor) {
    return {number / divisor, number % divisor};
}

LIBRARY lldiv_t lldiv(long long number, long long divisor) {
    return {number / divisor, number % divisor};
}

} // extern "C"
