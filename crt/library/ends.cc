/// The ends of a domain's call that C code asks for, or that a check of the compiler's finds needed.
#include "crt/library/include/stdlib.h"
#include "crt/library/library.h"

extern "C" {

[[noreturn]] void __assert_fail(const char *expression, const char *file, unsigned line,
                                const char *function);
[[noreturn]] void __stack_chk_fail();
[[noreturn]] void __chk_fail();
[[noreturn]] void __fortify_fail(const char *message);

LIBRARY void abort() {
    STOP(STOP_ENDED, "abort was called");
}

LIBRARY void exit(int) {
    STOP(STOP_ENDED, "exit was called");
}

LIBRARY void _exit(int) {
    STOP(STOP_ENDED, "_exit was called");
}

LIBRARY void _Exit(int) {
    STOP(STOP_ENDED, "_Exit was called");
}

/// Called where the canary of a function's frame has changed.
LIBRARY void __stack_chk_fail() {
    STOP(STOP_OVERRUN, "smashed stack: a function's canary has changed");
}

LIBRARY void __chk_fail() {
    STOP(STOP_OVERRUN, "overrun of a buffer, found by a check of the C library");
}

LIBRARY void __fortify_fail(const char *) {
    __chk_fail();
}

/// The Fault's text is the expression; file and line are in the registers.
LIBRARY void __assert_fail(const char *expression, const char *file, unsigned line, const char *) {
    asm volatile("ud1l (%%rdi), " STOP_QUOTE(STOP_ASSERTION)
                 :
                 : "D"(expression), "S"(file), "d"(line));
    __builtin_unreachable();
}

} // extern "C"
