/// Allocation beyond C's, for code of domains that have a heap (HEAP in postern_add_domain).
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// As aligned_alloc.
void *memalign(size_t alignment, size_t bytes);
/// The bytes that the block has: as many as were asked for, or some more. 0 of a null pointer.
size_t malloc_usable_size(void *memory);

#ifdef __cplusplus
}
#endif
