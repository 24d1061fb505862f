/// Jumps out of functions, inside one domain. [c11 7.13]
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// As large as the one of glibc, whose size is in libraries that were built with it.
typedef struct {
    unsigned long __words[25];
} jmp_buf[1], sigjmp_buf[1];

__attribute__((returns_twice)) int setjmp(jmp_buf place);
__attribute__((returns_twice)) int _setjmp(jmp_buf place);
__attribute__((returns_twice)) int __sigsetjmp(sigjmp_buf place, int saves_mask);
__attribute__((noreturn)) void longjmp(jmp_buf place, int value);
__attribute__((noreturn)) void _longjmp(jmp_buf place, int value);
__attribute__((noreturn)) void siglongjmp(sigjmp_buf place, int value);
#define setjmp(place) _setjmp(place)
/// A domain has no signals: the mask is not saved.
#define sigsetjmp(place, saves_mask) __sigsetjmp(place, saves_mask)

#ifdef __cplusplus
}
#endif
