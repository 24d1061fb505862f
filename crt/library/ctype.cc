/// Classes of characters in the locale "C": the tables that glibc's macros read, and functions.
#include "crt/library/include/ctype.h"
#include "crt/library/library.h"

namespace {

/// The bits as libraries that were built with glibc's ctype.h test them on this byte order.
enum Class : uint16_t {
    upper = 0x100,
    lower = 0x200,
    alpha = 0x400,
    digit = 0x800,
    xdigit = 0x1000,
    space = 0x2000,
    print = 0x4000,
    graph = 0x8000,
    blank = 0x1,
    cntrl = 0x2,
    punct = 0x4,
    alnum = 0x8,
};

constexpr bool between(int character, int first, int last) {
    return character >= first && character <= last;
}

constexpr uint16_t classes_of(int character) {
    int classes = 0;
    const bool is_upper = between(character, 'A', 'Z');
    const bool is_lower = between(character, 'a', 'z');
    const bool is_digit = between(character, '0', '9');
    const bool is_visible = between(character, '!', '~');
    classes |= is_upper ? upper | alpha : 0;
    classes |= is_lower ? lower | alpha : 0;
    classes |= is_digit ? digit : 0;
    classes |= is_upper || is_lower || is_digit ? alnum : is_visible ? punct : 0;
    classes |= is_digit || between(character, 'A', 'F') || between(character, 'a', 'f') ? xdigit : 0;
    classes |= character == ' ' || between(character, '\t', '\r') ? space : 0;
    classes |= character == ' ' || character == '\t' ? blank : 0;
    classes |= is_visible ? graph | print : 0;
    classes |= character == ' ' ? print : 0;
    classes |= between(character, 0, 31) || character == 127 ? cntrl : 0;
    return static_cast<uint16_t>(classes);
}

/// From -128 to 255: a signed char may be an index, and so may -1, the end of a file.
constexpr int first = -128;
constexpr int count = 384;

struct Tables {
    uint16_t classes[count];
    int32_t lower[count];
    int32_t upper[count];
};

constexpr Tables make_tables() {
    Tables tables{};
    for (int at = 0; at < count; ++at) {
        const int character = at + first;
        const int itself = character < -1 ? character + 256 : character;
        tables.classes[at] = classes_of(character);
        tables.lower[at] = between(character, 'A', 'Z') ? character + 32 : itself;
        tables.upper[at] = between(character, 'a', 'z') ? character - 32 : itself;
    }
    return tables;
}

constexpr Tables tables = make_tables();
constexpr const uint16_t *class_table = tables.classes - first;
constexpr const int32_t *lower_table = tables.lower - first;
constexpr const int32_t *upper_table = tables.upper - first;

int classes(int character, int wanted) {
    return between(character, 0, 255) ? class_table[character] & wanted : 0;
}

} // namespace

extern "C" {

const uint16_t **__ctype_b_loc();
const int32_t **__ctype_tolower_loc();
const int32_t **__ctype_toupper_loc();

LIBRARY const uint16_t **__ctype_b_loc() {
    static const uint16_t *table = class_table;
    return &table;
}

LIBRARY const int32_t **__ctype_tolower_loc() {
    static const int32_t *table = lower_table;
    return &table;
}

LIBRARY const int32_t **__ctype_toupper_loc() {
    static const int32_t *table = upper_table;
    return &table;
}

#define IS(name, wanted)                                                                           \
    LIBRARY int name(int character) {                                                              \
        return classes(character, wanted);                                                         \
    }
IS(isalnum, alnum)
IS(isalpha, alpha)
IS(isblank, blank)
IS(iscntrl, cntrl)
IS(isdigit, digit)
IS(isgraph, graph)
IS(islower, lower)
IS(isprint, print)
IS(ispunct, punct)
IS(isspace, space)
IS(isupper, upper)
IS(isxdigit, xdigit)
#undef IS

LIBRARY int isascii(int character) {
    return between(character, 0, 127);
}

LIBRARY int toascii(int character) {
    return character & 127;
}

LIBRARY int tolower(int character) {
    return between(character, 'A', 'Z') ? character + 32 : character;
}

LIBRARY int toupper(int character) {
    return between(character, 'a', 'z') ? character - 32 : character;
}

} // extern "C"
