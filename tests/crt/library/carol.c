/// A domain without files: each refused stub that it calls is a fault that names the function.
#include "tests/crt/library/library.h"

#include <stddef.h>
#include <string.h>

// As a C library has them; there are no headers of theirs here.
struct file;
extern struct file *stderr;
struct file *fopen(const char *name, const char *mode);
int fputs(const char *text, struct file *to);
double strtod(const char *text, char **end);
long lseek(int descriptor, long offset, int whence);

// Nobody defines these.
__attribute__((weak)) int trace_begin(int number);
__attribute__((weak)) extern int trace_level;

// Her own, in place of the refused stub.
int fputs(const char *text, struct file *to) {
    return to == NULL ? (int)strlen(text) : -1;
}

uint64_t carol_does(enum lack lack) {
    char *end;
    switch (lack) {
    case lack_fopen:
        return fopen("/etc/passwd", "r") != NULL;
    case lack_lseek:
        return (uint64_t)lseek(0, 0, 0);
    case lack_strtod:
        return strtod("1.5", &end) > 1;
    case lack_nothing:
        return stderr == NULL && fputs("seven..", stderr) == 7;
    case lack_weak_function_that_she_asks_for:
        return (trace_begin != NULL ? (uint64_t)trace_begin(1) : 0) + (&trace_level != NULL);
    case lack_weak_function_that_she_calls:
        return (uint64_t)trace_begin(1);
    }
    return 0;
}
