/// Memory and strings, for code of domains. [c11 7.24, posix string.h]
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void *memcpy(void *__restrict to, const void *__restrict from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
int memcmp(const void *left, const void *right, size_t bytes);
void *mempcpy(void *__restrict to, const void *__restrict from, size_t bytes);
void *memchr(const void *bytes, int value, size_t count);
void *memrchr(const void *bytes, int value, size_t count);
void *memmem(const void *bytes, size_t count, const void *wanted, size_t wanted_count);
void explicit_bzero(void *bytes, size_t count);

size_t strlen(const char *text);
size_t strnlen(const char *text, size_t most);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t most);
int strcoll(const char *left, const char *right);
char *strchr(const char *text, int character);
char *strrchr(const char *text, int character);
char *strchrnul(const char *text, int character);
char *strstr(const char *text, const char *wanted);
size_t strspn(const char *text, const char *characters);
size_t strcspn(const char *text, const char *characters);
char *strpbrk(const char *text, const char *characters);
char *strtok(char *__restrict text, const char *__restrict separators);
char *strtok_r(char *__restrict text, const char *__restrict separators, char **__restrict rest);
char *strsep(char **__restrict text, const char *__restrict separators);

char *strcpy(char *__restrict to, const char *__restrict from);
char *strncpy(char *__restrict to, const char *__restrict from, size_t bytes);
char *stpcpy(char *__restrict to, const char *__restrict from);
char *stpncpy(char *__restrict to, const char *__restrict from, size_t bytes);
char *strcat(char *__restrict to, const char *__restrict from);
char *strncat(char *__restrict to, const char *__restrict from, size_t most);

/// On the heap of the domain: null where that has no room, or no memory.
char *strdup(const char *text);
char *strndup(const char *text, size_t most);

/// The text of an error number. Texts of numbers above 40 are "Unknown error N", in memory that the
/// next call overwrites.
char *strerror(int number);

#ifdef __cplusplus
}
#endif
