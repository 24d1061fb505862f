/// Strings without regard to case, for code of domains. [posix strings.h]
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

int strcasecmp(const char *left, const char *right);
int strncasecmp(const char *left, const char *right, size_t most);
int bcmp(const void *left, const void *right, size_t bytes);
void bzero(void *bytes, size_t count);

#ifdef __cplusplus
}
#endif
