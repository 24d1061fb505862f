/// Numbers, sorting, memory, and ends, for code of domains. [c11 7.22]
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7fffffff

typedef struct {
    int quot, rem;
} div_t;
typedef struct {
    long quot, rem;
} ldiv_t;
typedef struct {
    long long quot, rem;
} lldiv_t;

int abs(int number);
long labs(long number);
long long llabs(long long number);
div_t div(int number, int divisor);
ldiv_t ldiv(long number, long divisor);
lldiv_t lldiv(long long number, long long divisor);

int atoi(const char *text);
long atol(const char *text);
long long atoll(const char *text);
long strtol(const char *__restrict text, char **__restrict end, int base);
long long strtoll(const char *__restrict text, char **__restrict end, int base);
unsigned long strtoul(const char *__restrict text, char **__restrict end, int base);
unsigned long long strtoull(const char *__restrict text, char **__restrict end, int base);

/// Memory of the domain's heap (HEAP in postern_add_domain), at multiples of 16. Where the heap has
/// no room: a null pointer and ENOMEM, or the call ends as a Fault{ended} if the heap is FATAL. 0
/// bytes are a block, too. A pointer that none of these gave ends the call as a Fault, and so does
/// memory that is free already.
void *malloc(size_t bytes);
void *calloc(size_t count, size_t bytes);
void *realloc(void *memory, size_t bytes);
void *reallocarray(void *memory, size_t count, size_t bytes);
void free(void *memory);
/// The alignment is a power of two; the size is any.
void *aligned_alloc(size_t alignment, size_t bytes);
int posix_memalign(void **memory, size_t alignment, size_t bytes);

/// Sorts in place, without a heap and without recursion. Equal members may change places.
void qsort(void *members, size_t count, size_t bytes, int (*compare)(const void *, const void *));
void qsort_r(void *members, size_t count, size_t bytes,
             int (*compare)(const void *, const void *, void *), void *argument);
void *bsearch(const void *key, const void *members, size_t count, size_t bytes,
              int (*compare)(const void *, const void *));

/// Numbers for games and tests: the same ones in each run, and no secret.
int rand(void);
void srand(unsigned seed);
int rand_r(unsigned *seed);
long random(void);
void srandom(unsigned seed);

/// A domain has no environment: always a null pointer.
char *getenv(const char *name);
char *secure_getenv(const char *name);

/// Each ends the call of the domain as a Fault{ended}; the program goes on.
__attribute__((noreturn)) void abort(void);
__attribute__((noreturn)) void exit(int status);
__attribute__((noreturn)) void _exit(int status);
__attribute__((noreturn)) void _Exit(int status);

#ifdef __cplusplus
}
#endif
