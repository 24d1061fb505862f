/// Numbers from text, formats, classes, sorting and the rest, beside those of glibc.
#include <array>
#include <cctype>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "tests/crt/library/against_glibc.h"

#define OURS(name) extern "C" decltype(::name) postern_##name;
OURS(strtol)
OURS(strtoll)
OURS(strtoul)
OURS(strtoull)
OURS(atoi)
OURS(atol)
OURS(atoll)
OURS(labs)
OURS(ldiv)
OURS(lldiv)
OURS(vsnprintf)
OURS(snprintf)
OURS(sprintf)
OURS(qsort)
OURS(qsort_r)
OURS(__ctype_b_loc)
OURS(__ctype_tolower_loc)
OURS(__ctype_toupper_loc)
OURS(__errno_location)
OURS(rand)
OURS(srand)
OURS(rand_r)
OURS(random)
OURS(getenv)
extern "C" {
int postern_abs(int number);
div_t postern_div(int number, int divisor);
long postern___isoc23_strtol(const char *text, char **end, int base);
unsigned long postern___isoc23_strtoul(const char *text, char **end, int base);
void *postern_bsearch(const void *key, const void *members, std::size_t count, std::size_t bytes,
                      int (*compare)(const void *, const void *));
char *postern_strerror(int number);
int postern___snprintf_chk(char *to, std::size_t bytes, int flag, std::size_t room,
                           const char *format, ...);
int postern___popcountdi2(std::uint64_t number);
int postern___popcountsi2(unsigned number);
int postern___popcountti2(unsigned __int128 number);
int postern___paritydi2(std::uint64_t number);
int postern___ffsti2(unsigned __int128 number);
int postern___clzti2(unsigned __int128 number);
int postern___ctzti2(unsigned __int128 number);
unsigned __int128 postern___udivmodti4(unsigned __int128 number, unsigned __int128 divisor,
                                       unsigned __int128 *rest);
__int128 postern___divmodti4(__int128 number, __int128 divisor, __int128 *rest);
#define CLASS(name) int postern_##name(int character);
#define CLASSES(CLASS)                                                                             \
    CLASS(isalnum)                                                                                 \
    CLASS(isalpha)                                                                                 \
    CLASS(isascii)                                                                                 \
    CLASS(isblank)                                                                                 \
    CLASS(iscntrl)                                                                                 \
    CLASS(isdigit)                                                                                 \
    CLASS(isgraph)                                                                                 \
    CLASS(islower)                                                                                 \
    CLASS(isprint)                                                                                 \
    CLASS(ispunct)                                                                                 \
    CLASS(isspace)                                                                                 \
    CLASS(isupper)                                                                                 \
    CLASS(isxdigit)                                                                                \
    CLASS(toascii)                                                                                 \
    CLASS(tolower)                                                                                 \
    CLASS(toupper)
CLASSES(CLASS)
#undef CLASS
}

namespace library {

namespace {

std::string number_text() {
    static const std::array<const char *, 12> beginnings = {"",   " ",   "\t\n-", "+",   "-0x", "0X",
                                                            "0x", "-00", "0",     "+-1", "  ",  "z"};
    constexpr char digits[] = "0123456789abcfFzZ9876 g";
    std::string text = beginnings[below(beginnings.size())];
    for (std::size_t left = below(24); left != 0; --left) {
        text += digits[below(sizeof digits - 1)];
    }
    return text;
}

/// Value, end and error number of both.
template <class Ours, class Theirs>
void same_parse(const char *text, int base, Ours ours, Theirs theirs, const char *what) {
    char *end_a = nullptr, *end_b = nullptr;
    *postern___errno_location() = 0;
    const auto a = ours(text, &end_a, base);
    const int error = *postern___errno_location();
    errno = 0;
    const auto b = theirs(text, &end_b, base);
    check(a == b && end_a == end_b && error == errno, what,
          "\"" + std::string(text) + "\" in base " + std::to_string(base));
}

void parse(const std::string &text) {
    static AtTheEnd place;
    const char *const at = place.put(text);
    for (const int base : {0, 2, 8, 10, 16, 36, 1, 37, -1}) {
        same_parse(at, base, postern_strtol, strtol, "strtol");
        same_parse(at, base, postern_strtoll, strtoll, "strtoll");
        same_parse(at, base, postern_strtoul, strtoul, "strtoul");
        same_parse(at, base, postern_strtoull, strtoull, "strtoull");
    }
    check(postern_atoi(at) == atoi(at), "atoi", text);
    check(postern_atol(at) == atol(at), "atol", text);
    check(postern_atoll(at) == atoll(at), "atoll", text);
}

template <class... Values>
void same_format(const std::string &format, Values... values) {
    static AtTheEnd a, b;
    for (const std::size_t room : {std::size_t{0}, std::size_t{1}, 1 + below(30), std::size_t{200}}) {
        char *const to_a = a.room(room);
        char *const to_b = b.room(room);
        const int count_a = postern_snprintf(to_a, room, format.c_str(), values...);
        const int count_b = snprintf(to_b, room, format.c_str(), values...);
        check(count_a == count_b && memcmp(to_a, to_b, room) == 0, "snprintf",
              format + " gave " + (room == 0 ? "" : to_a) + ", not " + (room == 0 ? "" : to_b));
    }
}

std::string some_flags() {
    std::string flags = "%";
    for (std::size_t left = below(4); left != 0; --left) {
        flags += "-+ #0"[below(5)];
    }
    if (below(2) == 0) {
        flags += std::to_string(1 + below(30));
    }
    if (below(2) == 0) {
        flags += "." + (below(4) == 0 ? "" : std::to_string(below(25)));
    }
    return flags;
}

std::uint64_t some_number() {
    const std::uint64_t kind = below(6);
    return kind == 0   ? 0
           : kind == 1 ? std::uint64_t{1} << below(64)
           : kind == 2 ? ~std::uint64_t{0} >> below(64)
           : kind == 3 ? std::uint64_t{0} - below(1000)
                       : numbers()() >> below(64);
}

int compare(const void *left, const void *right) {
    unsigned a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return a < b ? -1 : a > b;
}

int compare_with(const void *left, const void *right, void *calls) {
    ++*static_cast<std::size_t *>(calls);
    return compare(left, right);
}

/// Members of `size` bytes, the first four of which are the key. All of them are there afterwards,
/// in order.
void sort(std::size_t count, std::size_t size) {
    std::vector<unsigned char> members(count * size);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto key = static_cast<unsigned>(below(count + 1));
        memset(members.data() + i * size, static_cast<int>(key), size);
        memcpy(members.data() + i * size, &key, sizeof key);
        sum += key;
    }
    std::size_t calls = 0;
    if (count % 2 == 0) {
        postern_qsort(members.data(), count, size, compare);
    } else {
        postern_qsort_r(members.data(), count, size, compare_with, &calls);
    }
    std::uint64_t sum_after = 0;
    bool is_whole = true;
    for (std::size_t i = 0; i < count; ++i) {
        unsigned key;
        memcpy(&key, members.data() + i * size, sizeof key);
        sum_after += key;
        is_whole &= i == 0 || compare(members.data() + (i - 1) * size, members.data() + i * size) <= 0;
        for (std::size_t byte = sizeof key; byte < size; ++byte) {
            is_whole &= members[i * size + byte] == static_cast<unsigned char>(key);
        }
        const auto *found = postern_bsearch(&key, members.data(), count, size, compare);
        is_whole &= found != nullptr && compare(found, &key) == 0;
    }
    const unsigned none = ~0u;
    is_whole &= postern_bsearch(&none, members.data(), count, size, compare) == nullptr;
    check(is_whole && sum == sum_after, "qsort or bsearch", std::to_string(count) + " members");
}

void classes() {
    for (int character = -128; character < 256; ++character) {
        const std::string input = std::to_string(character);
        check((*postern___ctype_b_loc())[character] == (*__ctype_b_loc())[character], "__ctype_b_loc",
              input);
        check((*postern___ctype_tolower_loc())[character] == (*__ctype_tolower_loc())[character],
              "__ctype_tolower_loc", input);
        check((*postern___ctype_toupper_loc())[character] == (*__ctype_toupper_loc())[character],
              "__ctype_toupper_loc", input);
        if (character < -1) {
            continue;
        }
#define CLASS(name)                                                                                \
    check(strncmp(#name, "to", 2) == 0 ? postern_##name(character) == ::name(character)            \
                                       : !postern_##name(character) == !::name(character),         \
          #name, input);
        CLASSES(CLASS)
#undef CLASS
    }
    check(postern_isalpha(100000) == 0 && postern_isalpha(-100000) == 0, "isalpha", "out of range");
}

void bits() {
    for (int round = 0; round < 20000; ++round) {
        const std::uint64_t low = some_number(), high = some_number();
        const auto wide = static_cast<unsigned __int128>(high) << 64 | low;
        const auto divisor = static_cast<unsigned __int128>(some_number()) << below(64) | 1;
        const std::string input = std::to_string(high) + ", " + std::to_string(low);
        const int count = __builtin_popcountll(low);
        check(postern___popcountdi2(low) == count, "__popcountdi2", input);
        check(postern___popcountsi2(static_cast<unsigned>(low)) ==
                  __builtin_popcount(static_cast<unsigned>(low)),
              "__popcountsi2", input);
        check(postern___popcountti2(wide) == count + __builtin_popcountll(high), "__popcountti2", input);
        check(postern___paritydi2(low) == (count & 1), "__paritydi2", input);
        if (wide != 0) {
            const int zeros = high != 0 ? __builtin_clzll(high) : 64 + __builtin_clzll(low);
            const int tail = low != 0 ? __builtin_ctzll(low) : 64 + __builtin_ctzll(high);
            check(postern___clzti2(wide) == zeros, "__clzti2", input);
            check(postern___ctzti2(wide) == tail && postern___ffsti2(wide) == tail + 1, "__ctzti2", input);
        }
        unsigned __int128 rest;
        __int128 signed_rest;
        const auto by = static_cast<__int128>(divisor), number = static_cast<__int128>(wide);
        check(postern___udivmodti4(wide, divisor, &rest) == wide / divisor && rest == wide % divisor,
              "__udivmodti4", input);
        check(postern___divmodti4(number, -by, &signed_rest) == number / -by && signed_rest == number % -by,
              "__divmodti4", input);
    }
    check(postern___ffsti2(0) == 0, "__ffsti2", "0");
}

} // namespace

void numbers_from_text() {
    for (int round = 0; round < 20000; ++round) {
        parse(number_text());
    }
    for (const char *text : {"9223372036854775807", "9223372036854775808", "-9223372036854775808",
                             "-9223372036854775809", "18446744073709551615", "18446744073709551616",
                             "-18446744073709551615", "-18446744073709551616", "0x", "-0xg", "0x-1", ""}) {
        parse(text);
    }
    for (const long number : {0L, 5L, -7L, LONG_MAX, -LONG_MAX}) {
        const auto ours = postern_ldiv(number, 3), theirs = ldiv(number, 3);
        const auto wide = postern_lldiv(number, -10);
        check(ours.quot == theirs.quot && ours.rem == theirs.rem && wide.quot == number / -10 &&
                  wide.rem == number % -10 && postern_labs(number) == labs(number),
              "ldiv, lldiv or labs", std::to_string(number));
    }
    check(postern_div(-7, 2).quot == -3 && postern_div(-7, 2).rem == -1, "div", "-7, 2");
    check(postern___isoc23_strtol("-12", nullptr, 0) == -12 &&
              postern___isoc23_strtoul("0x1f", nullptr, 0) == 31,
          "__isoc23_strtol", "-12, 0x1f");
    check(postern_abs(-3) == 3 && postern_abs(4) == 4, "abs", "-3, 4");
}

void formats() {
    for (int round = 0; round < 30000; ++round) {
        const std::uint64_t number = some_number();
        const auto small = static_cast<int>(number);
        const std::string flags = "<" + some_flags();
        const char kind[2] = {"diuoxX"[below(6)], '\0'};
        same_format(flags + kind + ">", small);
        same_format(flags + "hh" + kind + ">", small);
        same_format(flags + "h" + kind + ">", small);
        for (const char *length : {"l", "ll", "z", "j", "t"}) {
            same_format(flags + length + kind + ">", number);
        }
        same_format(flags + "p>", reinterpret_cast<void *>(number));
        const std::string text = some_text(20);
        same_format(flags + "s>", text.c_str());
        same_format(flags + "c>", 'a' + small % 20);
        same_format("%*.*d|%-*s|%%", static_cast<int>(below(40)) - 20, static_cast<int>(below(40)) - 20,
                    small, static_cast<int>(below(40)) - 20, text.c_str());
    }
    same_format("plain");
    same_format("");
    same_format("%s|%.3s|%10s", static_cast<char *>(nullptr), static_cast<char *>(nullptr),
                static_cast<char *>(nullptr));
    char text[16];
    check(postern_sprintf(text, "%d", 77) == 2 && strcmp(text, "77") == 0, "sprintf", "77");
    check(postern___snprintf_chk(text, 4, 1, sizeof text, "%d", 123456) == 6 && strcmp(text, "123") == 0,
          "__snprintf_chk", "123456");
}

void others() {
    classes();
    for (const std::size_t count : {0, 1, 2, 3, 4, 7, 100, 1001, 3000}) {
        for (const std::size_t size : {4, 8, 12, 200}) {
            sort(count, size);
        }
    }
    for (int error = 0; error <= 40; ++error) {
        check(strcmp(postern_strerror(error), strerror(error)) == 0, "strerror", std::to_string(error));
    }
    check(strcmp(postern_strerror(-5), "Unknown error -5") == 0, "strerror", "-5");
    bits();
    postern_srand(9);
    const int first = postern_rand();
    const long second = postern_random();
    postern_srand(9);
    check(postern_rand() == first && postern_random() == second && first != second, "rand", "again");
    unsigned seed = 9;
    for (int round = 0; round < 1000; ++round) {
        check(postern_rand() >= 0 && postern_rand_r(&seed) >= 0, "rand", "negative");
    }
    check(postern_getenv("PATH") == nullptr, "getenv", "PATH");
}

} // namespace library
