/// Ends a program that cannot even be started.
#include <asm/unistd.h>

#include "crt/system.h"

namespace crt {

namespace {

void write(const char *text, size_t bytes) {
    rt_sys_call_early(2, reinterpret_cast<long>(text), static_cast<long>(bytes), 0, 0, 0,
                      __NR_write);
}

} // namespace

void give_up(const char *what, long error) {
    char digits[8];
    size_t first = sizeof digits;
    digits[--first] = '\n';
    for (long rest = -error; rest != 0 || first == sizeof digits - 1; rest /= 10) {
        digits[--first] = static_cast<char>('0' + rest % 10);
    }
    size_t length = 0;
    while (what[length] != '\0') {
        ++length;
    }
    static const char before[] = "postern: start-up failed: ";
    static const char between[] = ": errno ";
    write(before, sizeof before - 1);
    write(what, length);
    write(between, sizeof between - 1);
    write(digits + first, sizeof digits - first);
    for (;;) {
        rt_sys_call_early(70, 0, 0, 0, 0, 0, __NR_exit_group);
    }
}

} // namespace crt
