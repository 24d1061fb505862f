/// The runtime's own memory functions, which use no vector register.
#pragma once

#include <stddef.h>

extern "C" {
void *crt_memcpy(void *__restrict to, const void *__restrict from, size_t bytes);
void *crt_memmove(void *to, const void *from, size_t bytes);
void *crt_memset(void *to, int value, size_t bytes);
int crt_memcmp(const void *left, const void *right, size_t bytes);
int crt_bcmp(const void *left, const void *right, size_t bytes);
}
