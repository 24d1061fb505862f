/// Comparisons, searches and copies of strings, beside those of glibc.
#include <cstdlib>
#include <cstring>
#include <functional>
#include <strings.h>

#include "tests/crt/library/against_glibc.h"

#define OURS(name) extern "C" decltype(::name) postern_##name;
extern "C" {
char *postern_strchr(const char *text, int character);
char *postern_strrchr(const char *text, int character);
char *postern_strchrnul(const char *text, int character);
char *postern_strstr(const char *text, const char *wanted);
char *postern_strpbrk(const char *text, const char *characters);
void *postern_memchr(const void *bytes, int value, std::size_t count);
void *postern_memrchr(const void *bytes, int value, std::size_t count);
char *postern_index(const char *text, int character);
char *postern_rindex(const char *text, int character);
void *postern_rawmemchr(const void *bytes, int value);
}
OURS(strlen)
OURS(strnlen)
OURS(strcmp)
OURS(strncmp)
OURS(strcoll)
OURS(strcasecmp)
OURS(strncasecmp)
OURS(strspn)
OURS(strcspn)
OURS(memmem)
OURS(strtok)
OURS(strtok_r)
OURS(strsep)
OURS(strcpy)
OURS(strncpy)
OURS(stpcpy)
OURS(stpncpy)
OURS(strcat)
OURS(strncat)
OURS(mempcpy)
OURS(bzero)
OURS(strdup)
OURS(strndup)
OURS(explicit_bzero)

namespace library {

namespace {

constexpr int rounds = 20000;

int sign(int number) {
    return number < 0 ? -1 : number > 0 ? 1 : 0;
}

void compare_pair(const char *a, const char *b, std::size_t most, const std::string &input) {
    check(sign(postern_strcmp(a, b)) == sign(strcmp(a, b)), "strcmp", input);
    check(sign(postern_strcoll(a, b)) == sign(strcmp(a, b)), "strcoll", input);
    check(sign(postern_strncmp(a, b, most)) == sign(strncmp(a, b, most)), "strncmp", input);
    check(sign(postern_strcasecmp(a, b)) == sign(strcasecmp(a, b)), "strcasecmp", input);
    check(sign(postern_strncasecmp(a, b, most)) == sign(strncasecmp(a, b, most)), "strncasecmp",
          input);
}

void search(const char *text, const char *other, const std::string &input) {
    const std::size_t length = strlen(text);
    check(postern_strlen(text) == length, "strlen", input);
    const int characters[] = {'a', 'B', 0x80, 0xff, -1, 0, 'a' + 0x300};
    for (const int character : characters) {
        check(postern_strchr(text, character) == strchr(text, character), "strchr", input);
        check(postern_strrchr(text, character) == strrchr(text, character), "strrchr", input);
        check(postern_index(text, character) == strchr(text, character), "index", input);
        check(postern_rindex(text, character) == strrchr(text, character), "rindex", input);
        check(postern_strchrnul(text, character) == strchrnul(text, character), "strchrnul", input);
        check(postern_memchr(text, character, length) == memchr(text, character, length), "memchr",
              input);
        check(postern_memrchr(text, character, length) == memrchr(text, character, length),
              "memrchr", input);
    }
    check(postern_rawmemchr(text, 0) == text + length, "rawmemchr", input);
    check(postern_memchr(text, 0, SIZE_MAX) == text + length, "memchr without an end", input);
    check(postern_strstr(text, other) == strstr(text, other), "strstr", input);
    check(postern_memmem(text, length, other, strlen(other)) ==
              memmem(text, length, other, strlen(other)),
          "memmem", input);
    check(postern_strspn(text, other) == strspn(text, other), "strspn", input);
    check(postern_strcspn(text, other) == strcspn(text, other), "strcspn", input);
    check(postern_strpbrk(text, other) == strpbrk(text, other), "strpbrk", input);
}

/// Takes a text apart: the same pieces, and the same bytes left in it.
template <class Split>
void split(const std::string &text, Split ours, Split theirs, const char *what) {
    std::string a = text, b = text;
    char *rest_a = a.data(), *rest_b = b.data();
    for (bool first = true;; first = false) {
        const char *piece_a = ours(first, a.data(), &rest_a);
        const char *piece_b = theirs(first, b.data(), &rest_b);
        const bool both = piece_a != nullptr && piece_b != nullptr;
        if (!check(both == (piece_a != nullptr || piece_b != nullptr) &&
                       (!both || (piece_a - a.data() == piece_b - b.data() && a == b)),
                   what, text) ||
            !both) {
            return;
        }
    }
}

using Splitter = char *(bool, char *, char **);

void split_all(const std::string &text) {
    static constexpr char separators[] = " .\t";
    split<Splitter *>(
        text,
        [](bool first, char *all, char **rest) {
            return postern_strtok_r(first ? all : nullptr, separators, rest);
        },
        [](bool first, char *all, char **rest) {
            return strtok_r(first ? all : nullptr, separators, rest);
        },
        "strtok_r");
    split<Splitter *>(
        text,
        [](bool first, char *all, char **) {
            return postern_strtok(first ? all : nullptr, separators);
        },
        [](bool first, char *all, char **) { return strtok(first ? all : nullptr, separators); },
        "strtok");
    split<Splitter *>(
        text, [](bool, char *, char **rest) { return postern_strsep(rest, separators); },
        [](bool, char *, char **rest) { return strsep(rest, separators); }, "strsep");
}

/// The same bytes in two buffers after the same call, and the same place in them.
template <class Copy>
void same_copy(std::size_t room, Copy ours, Copy theirs, const char *what,
               const std::string &input) {
    static AtTheEnd a, b;
    char *const to_a = a.room(room);
    char *const to_b = b.room(room);
    if (room >= 3) {
        memcpy(to_a, "ab", 3);
        memcpy(to_b, "ab", 3);
    }
    const auto *end_a = static_cast<const char *>(ours(to_a));
    const auto *end_b = static_cast<const char *>(theirs(to_b));
    check(end_a - to_a == end_b - to_b && memcmp(to_a, to_b, room) == 0, what, input);
}

#define SAME_COPY(room, name, ...)                                                                 \
    same_copy<std::function<const void *(char *)>>(                                                \
        room, [&](char *to) { return postern_##name(to, __VA_ARGS__); },                           \
        [&](char *to) { return name(to, __VA_ARGS__); }, #name, text)

} // namespace

void strings() {
    AtTheEnd first, second;
    for (int round = 0; round < rounds; ++round) {
        const std::string text = some_text(round % 100 == 0 ? 300 : 20);
        const std::string other =
            round % 3 == 0 ? text.substr(0, below(text.size() + 1)) + some_text(2) : some_text(3);
        const char *a = first.put(text);
        const char *b = second.put(other);
        const std::string input = text + "|" + other;
        compare_pair(a, b, below(24), input);
        compare_pair(b, a, below(24), input);
        search(a, b, input);
        for (const std::size_t most : {below(24), text.size(), SIZE_MAX}) {
            check(postern_strnlen(a, most) == strnlen(a, most), "strnlen", input);
        }
        split_all(text);
    }
    // No null: the end of the bytes is the end of the search.
    const char *const bytes = first.room(100, 'x');
    for (std::size_t count = 0; count <= 100; ++count) {
        check(postern_strnlen(bytes + 100 - count, count) == count, "strnlen", "without a null");
        check(postern_memchr(bytes + 100 - count, 'y', count) == nullptr, "memchr", "not there");
        check(postern_strncmp(bytes, bytes + 100 - count, count) == 0, "strncmp", "without a null");
    }
}

void copies() {
    AtTheEnd from;
    for (int round = 0; round < rounds; ++round) {
        const std::string text = some_text(round % 100 == 0 ? 300 : 20);
        const char *const source = from.put(text);
        const std::size_t size = text.size(), some = below(40);
        SAME_COPY(size + 1, strcpy, source);
        SAME_COPY(size + 1, stpcpy, source);
        SAME_COPY(some, strncpy, source, some);
        SAME_COPY(some, stpncpy, source, some);
        SAME_COPY(size + 3, strcat, source);
        SAME_COPY(3 + (some < size ? some : size), strncat, source, some);
        SAME_COPY(size, mempcpy, source, size);
        char *const whole = postern_strdup(source);
        char *const part = postern_strndup(source, some);
        check(text == whole && text.substr(0, some) == part, "strdup", text);
        free(whole);
        free(part);
    }
    for (auto *zero : {postern_explicit_bzero, postern_bzero}) {
        char secret[] = "secret";
        zero(secret, sizeof secret - 1);
        check(memcmp(secret, "\0\0\0\0\0\0", sizeof secret) == 0, "explicit_bzero", "secret");
    }
}

} // namespace library
