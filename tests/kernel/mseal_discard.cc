/// Discarding pages of sealed memory: refused exactly where the caller could not write them.
/// [linux userspace-api/mseal v6.12]
#include <asm/unistd.h>
#include <linux/mman.h>

#include "tests/kernel/seal.h"

using namespace kernel;

namespace {

constexpr int key = 1;
constexpr unsigned char fill = 0x5e;

constexpr long discards[] = {MADV_DONTNEED, MADV_FREE, MADV_DONTNEED_LOCKED, MADV_DONTFORK,
                             MADV_WIPEONFORK};

/// Whether this kernel has the advice at all. [madvise(2)]
bool exists(long advice) {
    return advice != MADV_DONTNEED_LOCKED || is_from(5, 18);
}

struct Case {
    bool is_sealed;
    long protection;
    Rights rights;
    bool refused;
};

constinit Case present{};

volatile unsigned char &first_byte(Region region) {
    return *reinterpret_cast<volatile unsigned char *>(region.begin());
}

void check(long advice) {
    const Region region = map(2 * POSTERN_PAGE, Protection::read_write, key);
    kernel_set_pkru(0);
    first_byte(region) = fill;
    CHILD_EQUAL(protect(region, present.protection), 0);
    if (present.is_sealed) {
        seal_all(region);
    }
    kernel_set_pkru(pkru_with(key, present.rights));
    const long answer = rt::sys::call_raw(__NR_madvise, region.begin(), region.bytes(), advice);
    kernel_set_pkru(0);
    const bool refused = present.refused && has_seals();
    CHILD_EQUAL(answer, !exists(advice) ? einval : refused ? eperm : 0);
    const bool discarded = advice == MADV_DONTNEED || advice == MADV_DONTNEED_LOCKED;
    if (refused || !exists(advice) || !discarded) { // MADV_FREE takes the page some day
        CHILD_EXPECT(first_byte(region) == fill || (advice == MADV_FREE && !refused));
    } else {
        CHILD_EQUAL(first_byte(region), 0);
    }
}

void expect_each_discard(Case wanted) {
    present = wanted;
    expect_child([] {
        CHILD_EQUAL(take_key(), key);
        for (const long advice : discards) {
            check(advice);
        }
    });
}

constexpr long read_write = PROT_READ | PROT_WRITE;

} // namespace

POSTERN_TEST("kernel.mseal.sealed_and_closed_keeps_its_pages", SHOWS(kernel_mseal_discarding)) {
    expect_each_discard({true, read_write, Rights::none, true});
    expect_each_discard({true, read_write, Rights::read_only, true});
    expect_each_discard({true, PROT_READ, Rights::full, true});
}

POSTERN_TEST("kernel.mseal.sealed_and_open_can_be_discarded", SHOWS(kernel_mseal_discarding)) {
    expect_each_discard({true, read_write, Rights::full, false});
}

POSTERN_TEST("kernel.mseal.unsealed_can_be_discarded_whoever_may_write",
             SHOWS(kernel_mseal_discarding)) {
    expect_each_discard({false, read_write, Rights::full, false});
    expect_each_discard({false, read_write, Rights::none, false});
    expect_each_discard({false, PROT_READ, Rights::full, false});
}

// Only private anonymous pages are kept from being discarded. Pages of shared memory, or of any
// file, remain in the file, except for those that are punched out.
POSTERN_TEST("kernel.mseal.shared_pages_can_be_discarded_and_removed",
             SHOWS(kernel_mseal_discarding)) {
    expect_child([] {
        CHILD_EQUAL(take_key(), key);
        const long begin = rt::sys::call_raw(__NR_mmap, 0, POSTERN_PAGE, read_write,
                                             MAP_SHARED | MAP_ANONYMOUS, -1);
        const auto start = static_cast<uintptr_t>(begin);
        const Region region = Region::from_raw(start, start + POSTERN_PAGE);
        first_byte(region) = fill;
        CHILD_EXPECT(bool(rt::sys::pkey_mprotect(region, Protection::read_write, key)));
        seal_all(region);
        kernel_set_pkru(pkru_with(key, Rights::none));
        const long discarded = rt::sys::call_raw(__NR_madvise, start, POSTERN_PAGE, MADV_DONTNEED);
        kernel_set_pkru(0);
        CHILD_EQUAL(discarded, 0);
        CHILD_EQUAL(first_byte(region), fill);
        kernel_set_pkru(pkru_with(key, Rights::none));
        const long removed = rt::sys::call_raw(__NR_madvise, start, POSTERN_PAGE, MADV_REMOVE);
        kernel_set_pkru(0);
        CHILD_EQUAL(removed, 0);
        CHILD_EQUAL(first_byte(region), 0);
    });
}

// Advice that discards nothing is allowed.
POSTERN_TEST("kernel.mseal.harmless_advice_is_taken", SHOWS(kernel_mseal_discarding)) {
    expect_child([] {
        const Region region = map(POSTERN_PAGE);
        first_byte(region) = fill;
        CHILD_EQUAL(protect(region, PROT_READ), 0);
        seal_all(region);
        constexpr long harmless[] = {MADV_NORMAL, MADV_WILLNEED, MADV_COLD, MADV_PAGEOUT,
                                     MADV_DONTDUMP};
        for (const long advice : harmless) {
            CHILD_EQUAL(rt::sys::call_raw(__NR_madvise, region.begin(), region.bytes(), advice), 0);
        }
        CHILD_EQUAL(first_byte(region), fill);
    });
}
