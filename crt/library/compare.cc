/// Comparisons of strings.
#include "crt/library/include/string.h"
#include "crt/library/include/strings.h"
#include "crt/library/library.h"

namespace {

unsigned char lower(unsigned char character) {
    return character - 'A' < 26u ? static_cast<unsigned char>(character | 0x20) : character;
}

unsigned char same(unsigned char character) {
    return character;
}

/// The difference of the first two characters that differ, at most `most` of them looked at.
template <class As>
int compare(const char *left, const char *right, size_t most, As as) {
    for (size_t at = 0; at < most; ++at) {
        const unsigned char a = as(static_cast<unsigned char>(left[at]));
        const unsigned char b = as(static_cast<unsigned char>(right[at]));
        if (a != b || a == 0) {
            return a - b;
        }
    }
    return 0;
}

} // namespace

extern "C" {

LIBRARY int strcmp(const char *left, const char *right) {
    return compare(left, right, SIZE_MAX, same);
}

LIBRARY int strncmp(const char *left, const char *right, size_t most) {
    return compare(left, right, most, same);
}

/// The locale is always "C".
LIBRARY int strcoll(const char *left, const char *right) {
    return compare(left, right, SIZE_MAX, same);
}

LIBRARY int strcasecmp(const char *left, const char *right) {
    return compare(left, right, SIZE_MAX, lower);
}

LIBRARY int strncasecmp(const char *left, const char *right, size_t most) {
    return compare(left, right, most, lower);
}

} // extern "C"
