/// Formatted strings, for code of domains. There are no files here. [c11 7.21.6]
#pragma once

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// For headers of libraries, which name it. A domain has no object of this type.
typedef struct _IO_FILE FILE;
#define EOF (-1)

/// Integers, characters, strings and pointers: %d %i %u %o %x %X %c %s %p %%, with flags, width,
/// precision and length. A conversion of floating point, of wide characters, and %n end the call as
/// a Fault{absent}.
__attribute__((format(printf, 3, 4))) int snprintf(char *__restrict to, size_t bytes,
                                                   const char *__restrict format, ...);
__attribute__((format(printf, 2, 3))) int sprintf(char *__restrict to,
                                                  const char *__restrict format, ...);
int vsnprintf(char *__restrict to, size_t bytes, const char *__restrict format, va_list values);
int vsprintf(char *__restrict to, const char *__restrict format, va_list values);

#ifdef __cplusplus
}
#endif
