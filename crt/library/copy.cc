/// Copies of strings. Copies of memory are elsewhere (crt/memory.cc).
#include "crt/library/include/string.h"
#include "crt/library/include/strings.h"
#include "crt/library/library.h"

extern "C" {

LIBRARY void *mempcpy(void *__restrict to, const void *__restrict from, size_t bytes) {
    return static_cast<char *>(memcpy(to, from, bytes)) + bytes;
}

LIBRARY char *stpcpy(char *__restrict to, const char *__restrict from) {
    const size_t length = strlen(from);
    memcpy(to, from, length + 1);
    return to + length;
}

LIBRARY char *strcpy(char *__restrict to, const char *__restrict from) {
    stpcpy(to, from);
    return to;
}

LIBRARY char *stpncpy(char *__restrict to, const char *__restrict from, size_t bytes) {
    const size_t length = strnlen(from, bytes);
    memcpy(to, from, length);
    memset(to + length, 0, bytes - length);
    return to + length;
}

LIBRARY char *strncpy(char *__restrict to, const char *__restrict from, size_t bytes) {
    stpncpy(to, from, bytes);
    return to;
}

LIBRARY char *strcat(char *__restrict to, const char *__restrict from) {
    stpcpy(to + strlen(to), from);
    return to;
}

LIBRARY char *strncat(char *__restrict to, const char *__restrict from, size_t most) {
    const size_t length = strnlen(from, most);
    char *const end = to + strlen(to);
    memcpy(end, from, length);
    end[length] = '\0';
    return to;
}

LIBRARY void bzero(void *bytes, size_t count) {
    memset(bytes, 0, count);
}

LIBRARY void explicit_bzero(void *bytes, size_t count) {
    memset(bytes, 0, count);
    asm volatile("" : : "r"(bytes) : "memory"); // the zeros are for others, as far as compilers know
}

} // extern "C"
