/// Searches in strings.
#include "crt/library/include/string.h"
#include "crt/library/library.h"

namespace {

/// A set of characters. The null character may be one.
class Characters {
public:
    explicit Characters(const char *all) {
        for (; *all != '\0'; ++all) {
            add(*all);
        }
    }
    void add(char character) { word(character) |= bit(character); }
    bool has(char character) { return (word(character) & bit(character)) != 0; }

private:
    static uint64_t bit(char character) { return uint64_t{1} << (character & 63); }
    uint64_t &word(char character) { return words_[static_cast<unsigned char>(character) / 64]; }

    uint64_t words_[4] = {};
};

/// Where `text` and all after it are `wanted`, of that many bytes.
bool begins_with(const char *text, const char *wanted, size_t bytes) {
    return memcmp(text, wanted, bytes) == 0;
}

} // namespace

extern "C" {

LIBRARY char *strchrnul(const char *text, int character) {
    while (*text != '\0' && *text != static_cast<char>(character)) {
        ++text;
    }
    return const_cast<char *>(text);
}

LIBRARY char *strchr(const char *text, int character) {
    char *found = strchrnul(text, character);
    return *found == static_cast<char>(character) ? found : nullptr;
}

LIBRARY char *index(const char *text, int character) {
    return strchr(text, character);
}

LIBRARY char *strrchr(const char *text, int character) {
    return static_cast<char *>(memrchr(text, character, strlen(text) + 1));
}

LIBRARY char *rindex(const char *text, int character) {
    return strrchr(text, character);
}

LIBRARY void *memmem(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
    const auto *at = static_cast<const char *>(bytes);
    const auto *first = static_cast<const char *>(wanted);
    if (wanted_count == 0) {
        return const_cast<char *>(at);
    }
    while (count >= wanted_count) {
        const auto *found =
            static_cast<const char *>(memchr(at, *first, count - wanted_count + 1));
        if (found == nullptr || begins_with(found, first, wanted_count)) {
            return const_cast<char *>(found);
        }
        count -= static_cast<size_t>(found + 1 - at);
        at = found + 1;
    }
    return nullptr;
}

LIBRARY char *strstr(const char *text, const char *wanted) {
    return static_cast<char *>(memmem(text, strlen(text), wanted, strlen(wanted)));
}

LIBRARY size_t strspn(const char *text, const char *characters) {
    Characters set(characters);
    size_t count = 0;
    while (set.has(text[count])) {
        ++count;
    }
    return count;
}

LIBRARY size_t strcspn(const char *text, const char *characters) {
    Characters set(characters);
    set.add('\0');
    size_t count = 0;
    while (!set.has(text[count])) {
        ++count;
    }
    return count;
}

LIBRARY char *strpbrk(const char *text, const char *characters) {
    text += strcspn(text, characters);
    return *text == '\0' ? nullptr : const_cast<char *>(text);
}

LIBRARY char *strsep(char **__restrict text, const char *__restrict separators) {
    char *const begin = *text;
    if (begin != nullptr) {
        char *const end = begin + strcspn(begin, separators);
        *text = *end == '\0' ? nullptr : end + 1;
        *end = '\0';
    }
    return begin;
}

LIBRARY char *strtok_r(char *__restrict text, const char *__restrict separators,
                       char **__restrict rest) {
    char *begin = text == nullptr ? *rest : text;
    begin += strspn(begin, separators);
    if (*begin == '\0') {
        *rest = begin;
        return nullptr;
    }
    char *const end = begin + strcspn(begin, separators);
    *rest = *end == '\0' ? end : end + 1;
    *end = '\0';
    return begin;
}

LIBRARY char *__strtok_r(char *text, const char *separators, char **rest) {
    return strtok_r(text, separators, rest);
}

LIBRARY char *strtok(char *__restrict text, const char *__restrict separators) {
    static char nothing;
    static char *rest = &nothing;
    return strtok_r(text, separators, &rest);
}

} // extern "C"
