/// A restart of a domain whose pages were swapped out: they hold what the old life has left, and
/// are not present.
#include <asm/unistd.h>

#include "rt/domain/table.h"
#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/life/memory.h"
#include "tests/rt/life/ways.h"

namespace {

/// Asks the kernel once to swap out all pages of alice's, and returns how many kilobytes she has.
/// [madvise(2) MADV_PAGEOUT]
uint64_t ask_to_swap() {
    constexpr int page_out = 21;
    uint64_t bytes = 0;
    for (const auto &record : rt::domain::Table()) {
        const auto region = rt::domain::region_of(record);
        if (rt::domain::domain_of(record) == Domain::alice && !region.empty()) {
            EXPECT_EQUAL(rt::sys::call_raw(__NR_madvise, region.begin(), region.bytes(), page_out),
                         0);
            bytes += region.bytes();
        }
    }
    return bytes / 1024;
}

/// Whether every page of alice's is swapped out. The kernel may pass over a page that it is busy
/// with.
bool swap_out() {
    const uint64_t before = memory::kilobytes("Swap:");
    for (int attempt = 0; attempt < 20; ++attempt) {
        const uint64_t wanted = ask_to_swap();
        if (memory::kilobytes("Swap:") - before == wanted) {
            return true;
        }
    }
    return false;
}

} // namespace

// The emulator gives the guest a disk to swap to (CMakeLists.txt).
POSTERN_TEST("run.restart.pages_that_were_swapped_out", SHOWS(restart_is_pristine)) {
    ways::by_each_way([](rt::life::HeapClearing) {
        memory::fill(Domain::alice);
        EXPECT(swap_out());
        EXPECT(bool(rt::restart(Domain::alice)));
        EXPECT_EQUAL(memory::changed(Domain::alice), 0);
    });
}
