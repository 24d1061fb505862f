/// What the kernel says of this process's own pages: which of them hold something.
#pragma once

#include <stddef.h>

#include "rt/base/region.h"
#include "rt/base/result.h"

namespace rt::sys {

/// Opens /proc/self/pagemap for the two functions below, once at start, before core dumps are given
/// up: the kernel shows it to a process that may be traced. Without /proc it is not there.
base::Result<base::Done> open_pagemap();

/// Pages in a row, as PAGEMAP_SCAN writes them. [linux pagemap v6.7]
struct FoundPages {
    uint64_t begin;
    uint64_t end;
    uint64_t categories;

    base::Region region() const { return base::Region::from_raw(begin, end); }
};

/// How far a search came.
struct Search {
    size_t found;   // pages in a row that hold something, in ascending order
    uintptr_t next; // where to go on; the end of the region if it was searched to the end
};

/// Finds the pages of `region` that are present or swapped out, except where the kernel's page of
/// zeros is mapped. All other pages of private anonymous memory are zeros: no access has changed
/// them. This does not hold for shared memory, where another process may have touched a page.
/// ENOTTY before Linux 6.7. EBADF without the file, and in a forked child: it would be told of its
/// parent's pages.
base::Result<Search> scan_pages(base::Region region, FoundPages *found, size_t most);

/// The same by reading an entry of 64 bits for each page, which costs more. Every page of zeros
/// that is mapped is found, too. [linux pagemap v5.10]
base::Result<Search> read_pages(base::Region region, FoundPages *found, size_t most);

} // namespace rt::sys
