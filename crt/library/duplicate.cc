/// Copies of strings on the heap of the domain, which is its HEAP or a malloc of its own.
#include "crt/library/include/string.h"
#include "crt/library/library.h"

extern "C" {

void *malloc(size_t bytes);
char *__strdup(const char *text);
char *__strndup(const char *text, size_t most);

LIBRARY char *strndup(const char *text, size_t most) {
    const size_t length = strnlen(text, most);
    auto *copy = static_cast<char *>(malloc(length + 1));
    if (copy != nullptr) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

LIBRARY char *strdup(const char *text) {
    return strndup(text, SIZE_MAX);
}

LIBRARY char *__strdup(const char *text) {
    return strndup(text, SIZE_MAX);
}

LIBRARY char *__strndup(const char *text, size_t most) {
    return strndup(text, most);
}

} // extern "C"
