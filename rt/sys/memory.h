/// System calls on the memory map and on protection keys.
#pragma once

#include "rt/base/region.h"
#include "rt/base/result.h"

namespace rt::sys {

enum class Protection : uint8_t { none = 0, read = 1, read_write = 3, read_execute = 5 };

/// Sets protection of a whole region and leaves its key alone; an empty region is no error.
/// [mprotect(2)]
base::Result<base::Done> protect(base::Region region, Protection protection);

/// Sets protection and key of a whole region; otherwise the same. [pkey_mprotect(2)]
base::Result<base::Done> pkey_mprotect(base::Region region, Protection protection, int key);

/// The lowest free key, with the given rights for this thread: 0 open, 1 access-disabled, 2
/// write-disabled. EINVAL for other rights, ENOSPC when all are taken or PKU is missing.
/// [pkey_alloc(2)]
base::Result<int> pkey_alloc(uint32_t rights);

base::Result<base::Done> pkey_free(int key);

base::Result<base::Done> munmap(base::Region region);

/// Moves the mappings of `region` to `to`, in place of all that is there; nothing is left behind.
base::Result<base::Done> move_mapping(base::Region region, uintptr_t to);

/// Of mseal, which not every kernel's headers have. [linux unistd_64.h v6.12]
inline constexpr long mseal_number = 462;

/// Seals a whole region: no call unmaps, moves, replaces or protects any of it again, as long as
/// the process lives. An empty region is no error. ENOSYS before Linux 6.10; ENOMEM where a page of
/// it is not mapped, and then nothing is sealed. [linux userspace-api/mseal v6.12]
base::Result<base::Done> mseal(base::Region region);

/// Keeps the kernel from backing the region by huge pages, of which one byte would use 2 MiB. A
/// kernel without huge pages is no error. [madvise(2) MADV_NOHUGEPAGE]
base::Result<base::Done> forbid_huge_pages(base::Region region);

/// Has the kernel zero the region in each forked child. [madvise(2) MADV_WIPEONFORK]
base::Result<base::Done> wipe_on_fork(base::Region region);

/// Gives the pages of a region back to the kernel: private anonymous memory reads as zeros again.
/// In a sealed mapping EPERM, unless this thread may write it. [madvise(2) MADV_DONTNEED]
base::Result<base::Done> discard(base::Region region);

/// Whether any page of `region` is mapped.
bool any_mapped(base::Region region);

/// Whether all pages of `region` are.
bool all_mapped(base::Region region);

/// Makes addresses inaccessible, so that no other mapping gets them. EEXIST where something is
/// mapped. [mmap(2) MAP_FIXED_NOREPLACE]
base::Result<base::Done> reserve(base::Region region);

/// Anonymous private memory anywhere. [mmap(2)]
base::Result<base::Region> map_anonymous(size_t bytes, Protection protection);

} // namespace rt::sys
