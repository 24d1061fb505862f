/// System calls on the memory map and on protection keys.
#include "rt/sys/memory.h"

#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Region;
using base::Result;

Result<Done> protect(Region region, Protection protection) {
    if (region.empty()) {
        return Done{};
    }
    return result_of<Done>(
        call_raw(__NR_mprotect, region.begin(), region.bytes(), static_cast<long>(protection)));
}

Result<Done> pkey_mprotect(Region region, Protection protection, int key) {
    if (region.empty()) {
        return Done{};
    }
    return result_of<Done>(call_raw(__NR_pkey_mprotect, region.begin(), region.bytes(),
                                    static_cast<long>(protection), key));
}

Result<int> pkey_alloc(uint32_t rights) {
    return result_of<int>(call_raw(__NR_pkey_alloc, 0, rights));
}

Result<Done> pkey_free(int key) {
    return result_of<Done>(call_raw(__NR_pkey_free, key));
}

Result<Done> munmap(Region region) {
    return result_of<Done>(call_raw(__NR_munmap, region.begin(), region.bytes()));
}

Result<Done> move_mapping(Region region, uintptr_t to) {
    const auto moved = result_of<uintptr_t>(call_raw(__NR_mremap, region.begin(), region.bytes(),
                                                     region.bytes(),
                                                     MREMAP_MAYMOVE | MREMAP_FIXED, to));
    return moved ? Result<Done>(Done{}) : moved.error();
}

Result<Done> mseal(Region region) {
    return result_of<Done>(call_raw(mseal_number, region.begin(), region.bytes()));
}

Result<Done> forbid_huge_pages(Region region) {
    const auto done =
        result_of<Done>(call_raw(__NR_madvise, region.begin(), region.bytes(), MADV_NOHUGEPAGE));
    return done || done.error() == base::Errno::invalid ? Done{} : done;
}

Result<Done> wipe_on_fork(Region region) {
    return result_of<Done>(call_raw(__NR_madvise, region.begin(), region.bytes(), MADV_WIPEONFORK));
}

Result<Done> discard(Region region) {
    return result_of<Done>(call_raw(__NR_madvise, region.begin(), region.bytes(), MADV_DONTNEED));
}

bool any_mapped(Region region) {
    for (uintptr_t page = region.begin(); page != region.end(); page += POSTERN_PAGE) {
        // msync answers ENOMEM for a page that is not mapped. [msync(2)]
        if (result_of<Done>(call_raw(__NR_msync, page, POSTERN_PAGE, MS_ASYNC))) {
            return true;
        }
    }
    return false;
}

bool all_mapped(Region region) {
    return bool(result_of<Done>(call_raw(__NR_msync, region.begin(), region.bytes(), MS_ASYNC)));
}

Result<Done> reserve(Region region) {
    return result_of<Done>(
        call_raw(__NR_mmap, region.begin(), region.bytes(), PROT_NONE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1));
}

Result<Region> map_anonymous(size_t bytes, Protection protection) {
    const size_t rounded = (bytes + POSTERN_PAGE - 1) & ~size_t{POSTERN_PAGE - 1};
    const auto begin =
        result_of<uintptr_t>(call_raw(__NR_mmap, 0, rounded, static_cast<long>(protection),
                                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1));
    if (!begin) {
        return begin.error();
    }
    return Region::from_raw(begin.value(), begin.value() + rounded);
}

} // namespace rt::sys
