/// A domain in C: each header of crt/library/include, and each end of a call.
#include "tests/crt/library/library.h"

#undef NDEBUG // its assertions count in every build type
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// As glibc's headers and compilers call them.
void *__memcpy_chk(void *to, const void *from, size_t bytes, size_t room);
char *__strcpy_chk(char *to, const char *from, size_t room);
char *__strncat_chk(char *to, const char *from, size_t most, size_t room);
int __sprintf_chk(char *to, int flag, size_t room, const char *format, ...);
void __longjmp_chk(jmp_buf place, int value);

static jmp_buf place;

static uint64_t canary(void) {
    uint64_t word;
    __asm__("movq %%fs:0x28, %0" : "=r"(word));
    return word;
}

static uint64_t use_every_header(void) {
    char text[64];
    assert(text[0] == text[0]);
    if (snprintf(text, sizeof text, "%s %d %#x", "alice", INT_MIN, 255u) != 22 ||
        strcmp(text, "alice -2147483648 0xff") != 0) {
        return 1;
    }
    if (strtoul(text + 18, NULL, 16) != 255 || strtol(text + 6, NULL, 10) != INT_MIN) {
        return 2;
    }
    if (strcasecmp(text, "ALICE") <= 0 || strncasecmp(text, "ALICE", 5) != 0) {
        return 3;
    }
    if (!isupper('A') || isupper('a') || toupper('z') != 'Z') {
        return 4;
    }
    if (strtoull("99999999999999999999", NULL, 10) != ULLONG_MAX || errno != ERANGE) {
        return 5;
    }
    if (strcmp(strerror(ENOMEM), "Cannot allocate memory") != 0) {
        return 6;
    }
    return strcmp(strerror(1000), "Unknown error 1000") != 0 ? 7 : 0;
}

static int __attribute__((noinline)) leap(int depth) {
    if (depth == 0) {
        longjmp(place, 0);
    }
    return leap(depth - 1) + 1;
}

// Out of many frames: 1 in place of 0, as C has it. Her own registers are as they were.
static uint64_t jump_out(uint64_t value) {
    uint64_t kept = value * 3;
    __asm__("" : "+r"(kept));
    const int came_back = setjmp(place);
    if (came_back == 0) {
        leap(50);
    }
    return kept + (uint64_t)came_back;
}

static int compare(const void *left, const void *right) {
    const int a = *(const int *)left, b = *(const int *)right;
    return (a > b) - (a < b);
}

static uint64_t sort(uint64_t seed) {
    int numbers[500];
    const size_t count = sizeof numbers / sizeof *numbers;
    srand((unsigned)seed);
    for (size_t i = 0; i < count; ++i) {
        numbers[i] = rand() % 200 - 100;
    }
    qsort(numbers, count, sizeof *numbers, compare);
    for (size_t i = 1; i < count; ++i) {
        if (numbers[i - 1] > numbers[i]) {
            return 0;
        }
    }
    const int *found = bsearch(&numbers[count / 3], numbers, count, sizeof *numbers, compare);
    return found != NULL && *found == numbers[count / 3];
}

uint64_t alice_does(enum task task, uint64_t value) {
    switch (task) {
    case task_use_every_header:
        return use_every_header();
    case task_set_error_number:
        errno = (int)value;
        return 0;
    case task_error_number:
        return (uint64_t)errno;
    case task_jump_out:
        return jump_out(value);
    case task_canary:
        return canary();
    case task_sort:
        return sort(value);
    }
    return 0;
}

// Compiled with a stack protector: writes `bytes` bytes into sixteen.
__attribute__((noinline)) static uint64_t smash(uint64_t bytes) {
    volatile char room[16];
    for (uint64_t i = 0; i < bytes; ++i) {
        room[i] = 'x';
    }
    return (uint64_t)room[0];
}

__attribute__((noinline)) static int returned(void) {
    return setjmp(place);
}

uint64_t alice_ends(enum end end, uint64_t room) {
    static char buffer[64];
    switch (end) {
    case end_abort:
        abort();
    case end_exit:
        exit(3);
    case end_underscore_exit:
        _exit(3);
    case end_assertion:
        assert(room == 17);
        return 0;
    case end_smashed_stack:
        return smash(room);
    case end_memcpy_chk:
        __memcpy_chk(buffer, "0123456789", 10, room);
        break;
    case end_strcpy_chk:
        __strcpy_chk(buffer, "0123456789", room);
        break;
    case end_strncat_chk:
        buffer[0] = '\0';
        __strncat_chk(buffer, "0123456789", 9, room);
        break;
    case end_sprintf_chk:
        __sprintf_chk(buffer, 1, room, "%d", 1234567890);
        break;
    case end_float_format:
        snprintf(buffer, room, "%f", 1.5);
        break;
    case end_old_jump:
        if (returned() == 0) {
            char deeper[4096];
            __asm__ volatile("" : : "r"(deeper) : "memory");
            __longjmp_chk(place, 1);
        }
        break;
    }
    return (uint64_t)buffer[0];
}
