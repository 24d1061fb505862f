/// The functions that glibc's headers call in place of others where the compiler knows how large a
/// buffer is (_FORTIFY_SOURCE). Where the bytes do not fit, the call ends as a Fault{overrun}, before
/// any byte is written. A size that is unknown is SIZE_MAX. [lsb 5.0 LSB-Core-generic, libc]
#include "crt/library/include/stdio.h"
#include "crt/library/include/string.h"
#include "crt/library/library.h"

#define NEEDS(bytes, room, function)                                                               \
    if ((bytes) > (room)) {                                                                        \
        STOP(STOP_OVERRUN, function ": more bytes than its buffer has");                           \
    }                                                                                              \
    static_assert(true)

extern "C" {

void *__memcpy_chk(void *to, const void *from, size_t bytes, size_t room);
void *__memmove_chk(void *to, const void *from, size_t bytes, size_t room);
void *__mempcpy_chk(void *to, const void *from, size_t bytes, size_t room);
void *__memset_chk(void *to, int value, size_t bytes, size_t room);
void __explicit_bzero_chk(void *to, size_t bytes, size_t room);
char *__strcpy_chk(char *to, const char *from, size_t room);
char *__stpcpy_chk(char *to, const char *from, size_t room);
char *__strncpy_chk(char *to, const char *from, size_t bytes, size_t room);
char *__stpncpy_chk(char *to, const char *from, size_t bytes, size_t room);
char *__strcat_chk(char *to, const char *from, size_t room);
char *__strncat_chk(char *to, const char *from, size_t most, size_t room);
long __fdelt_chk(long descriptor);

LIBRARY void *__memcpy_chk(void *to, const void *from, size_t bytes, size_t room) {
    NEEDS(bytes, room, "memcpy");
    return memcpy(to, from, bytes);
}

LIBRARY void *__memmove_chk(void *to, const void *from, size_t bytes, size_t room) {
    NEEDS(bytes, room, "memmove");
    return memmove(to, from, bytes);
}

LIBRARY void *__mempcpy_chk(void *to, const void *from, size_t bytes, size_t room) {
    NEEDS(bytes, room, "mempcpy");
    return mempcpy(to, from, bytes);
}

LIBRARY void *__memset_chk(void *to, int value, size_t bytes, size_t room) {
    NEEDS(bytes, room, "memset");
    return memset(to, value, bytes);
}

LIBRARY void __explicit_bzero_chk(void *to, size_t bytes, size_t room) {
    NEEDS(bytes, room, "explicit_bzero");
    explicit_bzero(to, bytes);
}

LIBRARY char *__strcpy_chk(char *to, const char *from, size_t room) {
    NEEDS(strlen(from) + 1, room, "strcpy");
    return strcpy(to, from);
}

LIBRARY char *__stpcpy_chk(char *to, const char *from, size_t room) {
    NEEDS(strlen(from) + 1, room, "stpcpy");
    return stpcpy(to, from);
}

LIBRARY char *__strncpy_chk(char *to, const char *from, size_t bytes, size_t room) {
    NEEDS(bytes, room, "strncpy");
    return strncpy(to, from, bytes);
}

LIBRARY char *__stpncpy_chk(char *to, const char *from, size_t bytes, size_t room) {
    NEEDS(bytes, room, "stpncpy");
    return stpncpy(to, from, bytes);
}

LIBRARY char *__strcat_chk(char *to, const char *from, size_t room) {
    NEEDS(strnlen(to, room) + strlen(from) + 1, room, "strcat");
    return strcat(to, from);
}

LIBRARY char *__strncat_chk(char *to, const char *from, size_t most, size_t room) {
    NEEDS(strnlen(to, room) + strnlen(from, most) + 1, room, "strncat");
    return strncat(to, from, most);
}

/// The word of an fd_set that has the bit of a descriptor.
LIBRARY long __fdelt_chk(long descriptor) {
    NEEDS(static_cast<size_t>(descriptor), 1023u, "fd_set");
    return descriptor / 64;
}

} // extern "C"
