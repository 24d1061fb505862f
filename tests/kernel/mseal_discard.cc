/// Discarding pages of sealed memory: refused exactly where the caller could not write them.
/// [linux userspace-api/mseal v6.12]
#include <asm/unistd.h>
#include <linux/mman.h>

#include "tests/kernel/filter.h"
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

namespace {

// A heap of four pages whose first two are kept.
constexpr size_t heap_pages = 4, kept_pages = 2;
constexpr long refused_by_filter = 99;

Region given_back(Region heap) {
    return Region::from_raw(heap.begin() + kept_pages * POSTERN_PAGE, heap.end());
}

/// Of all calls of madvise only that of `region`, for MADV_DONTNEED, reaches the kernel.
void allow_discard_of(Region region) {
    constexpr uint16_t load = 0x20, if_equal = 0x15, answer = 0x06;
    constexpr uint32_t low = 16, high = 20, next = 8; // of the first argument; to the next one
    const auto half = [](uint64_t value, unsigned shift) {
        return static_cast<uint32_t>(value >> shift);
    };
    const FilterStep steps[] = {
        {load, 0, 0, filter_number},
        {if_equal, 1, 0, __NR_madvise},
        {answer, 0, 0, filter_allow},
        {load, 0, 0, low},
        {if_equal, 0, 9, half(region.begin(), 0)},
        {load, 0, 0, high},
        {if_equal, 0, 7, half(region.begin(), 32)},
        {load, 0, 0, low + next},
        {if_equal, 0, 5, half(region.bytes(), 0)},
        {load, 0, 0, high + next},
        {if_equal, 0, 3, half(region.bytes(), 32)},
        {load, 0, 0, low + 2 * next},
        {if_equal, 0, 1, MADV_DONTNEED},
        {answer, 0, 0, filter_allow},
        {answer, 0, 0, filter_errno | refused_by_filter},
    };
    const struct {
        uint16_t count;
        const FilterStep *steps;
    } program{sizeof steps / sizeof steps[0], steps};
    rt::sys::call_raw(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    CHILD_EQUAL(rt::sys::call_raw(__NR_seccomp, 1, 0, &program), 0); // SECCOMP_SET_MODE_FILTER
}

long discard(Region region, Rights rights) {
    kernel_set_pkru(pkru_with(key, rights));
    const long result =
        rt::sys::call_raw(__NR_madvise, region.begin(), region.bytes(), MADV_DONTNEED);
    kernel_set_pkru(0);
    return result;
}

void fill_all(Region heap) {
    for (size_t index = 0; index < heap_pages; ++index) {
        first_byte(page_of(heap, index)) = fill;
    }
}

/// Whether each page from `first` on is zeros, and each before has what was written there.
bool is_discarded_from(Region heap, size_t first) {
    for (size_t index = 0; index < heap_pages; ++index) {
        if (first_byte(page_of(heap, index)) != (index < first ? fill : 0)) {
            return false;
        }
    }
    return true;
}

} // namespace

// The end of a heap under its seal, its key, and a filter that lets this one call pass: refused
// while the key is closed, done while it is open. Without seals it is always done.
POSTERN_TEST("kernel.mseal.the_end_of_a_heap_can_be_discarded_by_who_may_write_it",
             SHOWS(kernel_mseal_discarding)) {
    expect_child([] {
        CHILD_EQUAL(take_key(), key);
        const Region heap = map(heap_pages * POSTERN_PAGE, Protection::read_write, key);
        kernel_set_pkru(0);
        seal_all(heap);
        allow_discard_of(given_back(heap));
        const long closed = has_seals() ? eperm : 0;
        constexpr Rights without_writing[] = {Rights::none, Rights::read_only};
        for (const Rights rights : without_writing) {
            fill_all(heap);
            CHILD_EQUAL(discard(given_back(heap), rights), closed);
            CHILD_EXPECT(is_discarded_from(heap, has_seals() ? heap_pages : kept_pages));
        }
        for (int life = 0; life < 3; ++life) {
            fill_all(heap);
            CHILD_EQUAL(discard(given_back(heap), Rights::full), 0);
            CHILD_EXPECT(is_discarded_from(heap, kept_pages));
        }
        fill_all(heap);
        CHILD_EQUAL(discard(heap, Rights::full), -refused_by_filter);
        CHILD_EQUAL(discard(page_of(heap, kept_pages), Rights::full), -refused_by_filter);
        CHILD_EXPECT(is_discarded_from(heap, heap_pages));
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
