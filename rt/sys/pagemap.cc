/// What the kernel says of this process's own pages: which of them hold something.
#include "rt/sys/pagemap.h"

#include <asm/unistd.h>

#include "linker/layout.h"
#include "rt/sys/call.h"
#include "rt/sys/file.h"
#include "rt/sys/memory.h"

namespace rt::sys {

using base::Done;
using base::Errno;
using base::Region;
using base::Result;

namespace {

constexpr auto no_file = static_cast<Descriptor>(-1);
constinit Descriptor file = no_file;

/// Whether this address space is the file's. The kernel zeroes it in a forked child.
struct alignas(POSTERN_PAGE) Token {
    bool is_of_the_file;

    Region region() const {
        const auto begin = reinterpret_cast<uintptr_t>(this);
        return Region::from_raw(begin, begin + sizeof *this);
    }
};
constinit Token token{};

/// The argument of PAGEMAP_SCAN, which not every kernel's headers have. [linux fs.h v6.7]
struct ScanArgument {
    uint64_t size;
    uint64_t flags;
    uint64_t start;
    uint64_t end;
    uint64_t walk_end;
    uint64_t vec;
    uint64_t vec_len;
    uint64_t max_pages;
    uint64_t category_inverted;
    uint64_t category_mask;
    uint64_t category_anyof_mask;
    uint64_t return_mask;
};
constexpr long pagemap_scan = 0xc0606610; // _IOWR('f', 16, struct pm_scan_arg)
static_assert(sizeof(ScanArgument) == 0x60 && sizeof(FoundPages) == 24);
constexpr uint64_t is_present = 1 << 3, is_swapped = 1 << 4, is_zero_page = 1 << 5;

/// Bits 62 and 63 of an entry: swapped out, present. [linux pagemap v5.10]
constexpr unsigned holds_something = 62;

bool is_usable() {
    return file != no_file && token.is_of_the_file;
}

Result<Done> read_entries(uintptr_t begin, uint64_t *entries, size_t count) {
    const size_t bytes = count * sizeof *entries;
    const auto read = read_at(file, entries, bytes, begin / POSTERN_PAGE * sizeof *entries);
    if (!read) {
        return read.error();
    }
    return read.value() == bytes ? Result<Done>(Done{}) : Errno::input_output;
}

/// Whether the file is what it was opened as, and not another one under its number: it says of this
/// function's own page that it is present.
bool tells_of_this_stack() {
    uint64_t entry = 0;
    const auto here = reinterpret_cast<uintptr_t>(&entry);
    return read_entries(here, &entry, 1) && entry >> holds_something != 0;
}

} // namespace

Result<Done> open_pagemap() {
    const auto opened = open("/proc/self/pagemap", Access::read);
    if (!opened) {
        return opened.error();
    }
    if (const auto wiped = wipe_on_fork(token.region()); !wiped) {
        static_cast<void>(close(opened.value()));
        return wiped.error();
    }
    file = opened.value();
    token.is_of_the_file = true;
    return Done{};
}

Result<Search> scan_pages(Region region, FoundPages *found, size_t most) {
    if (!is_usable()) {
        return Errno::bad_descriptor;
    }
    ScanArgument scan{};
    scan.size = sizeof scan;
    scan.start = region.begin();
    scan.end = region.end();
    scan.vec = reinterpret_cast<uint64_t>(found);
    scan.vec_len = most;
    scan.category_inverted = scan.category_mask = is_zero_page;
    scan.category_anyof_mask = scan.return_mask = is_present | is_swapped;
    const auto count = result_of<size_t>(call_raw(__NR_ioctl, file, pagemap_scan, &scan));
    if (!count) {
        return count.error();
    }
    if (count.value() > most || scan.walk_end > region.end() || scan.walk_end <= region.begin()) {
        return Errno::input_output;
    }
    return Search{count.value(), scan.walk_end};
}

Result<Search> read_pages(Region region, FoundPages *found, size_t most) {
    if (!is_usable() || !tells_of_this_stack()) {
        return Errno::bad_descriptor;
    }
    constexpr size_t at_once = 128;
    uint64_t entries[at_once];
    const size_t pages = region.bytes() / POSTERN_PAGE;
    const size_t count = pages < at_once ? pages : at_once;
    const auto read = read_entries(region.begin(), entries, count);
    if (!read) {
        return read.error();
    }
    Search search{0, region.begin()};
    for (size_t page = 0; page < count; ++page, search.next += POSTERN_PAGE) {
        if (entries[page] >> holds_something == 0) {
            continue;
        }
        if (search.found != 0 && found[search.found - 1].end == search.next) {
            found[search.found - 1].end += POSTERN_PAGE;
            continue;
        }
        if (search.found == most) {
            break;
        }
        found[search.found++] = {search.next, search.next + POSTERN_PAGE, 0};
    }
    return search;
}

} // namespace rt::sys
