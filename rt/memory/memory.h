/// The memory functions that compilers call on their own, for domains and the app's trusted code;
/// as in C.
#pragma once

#include <stddef.h>

extern "C" {
void *memcpy(void *__restrict to, const void *__restrict from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
int memcmp(const void *left, const void *right, size_t bytes);
int bcmp(const void *left, const void *right, size_t bytes);
}
