/// The memory of domains that have address spaces of their own: one file, which the monitor maps
/// too.
#pragma once

#include "rt/base/region.h"
#include "rt/base/result.h"
#include "rt/sys/file.h"
#include "rt/sys/pagemap.h"

namespace rt::space {

/// Once at start, if a domain has an address space of its own, before any region is opened: makes
/// the file. Such domains' own addresses stay closed to the monitor. The file has a place for all
/// regions, at their distances from __regions_start, uses memory only for pages that were written,
/// and keeps its size for good.
void make_memory();

/// After the zygote's fork: maps each region that children share (rt/domain/alias.h) where the
/// monitor sees it. The addresses between the aliases are reserved, and all of them are sealed at
/// the end of start.
void map_memory();

/// The file. Its number is above those that an app keeps, unless the limit of descriptors is low.
sys::Descriptor memory_file();

/// The same file, opened so that it can only be read, by `open_memory_to_read` once at start; -1
/// where no domain always reads a data domain.
void open_memory_to_read();
sys::Descriptor memory_file_to_read();

/// Where `own`, an address of a domain's, is in the file: bytes from its beginning.
uint64_t place_in_file(uintptr_t own);

/// Finds the pages of `own`, of a domain's region at its own addresses, that hold something, as
/// sys::scan_pages does. No page escapes it, whichever process has written it. EBADF if the app has
/// closed the file.
base::Result<sys::Search> find_written(base::Region own, sys::FoundPages *found, size_t most);

/// Makes a region of a domain's zeros, by giving its pages back to the kernel. Each page costs a
/// fault when it is next touched. `own` is at the domain's own addresses.
/// EBADF if the app has closed the file. [fallocate(2) FALLOC_FL_PUNCH_HOLE]
base::Result<base::Done> discard(base::Region own);

} // namespace rt::space
