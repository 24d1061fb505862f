/// The domain's own error number, and the kernel's names of numbers. [c11 7.5]
#pragma once

#include <linux/errno.h>

#ifdef __cplusplus
extern "C" {
#endif

int *__errno_location(void);
#define errno (*__errno_location())
#define ENOTSUP EOPNOTSUPP

#ifdef __cplusplus
}
#endif
