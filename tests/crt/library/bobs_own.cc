/// A definition of bob's own in place of one of the C library.
#include <string.h>

size_t strspn(const char *, const char *) {
    return 4242;
}
