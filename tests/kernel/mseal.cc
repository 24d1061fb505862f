/// The calls that a sealed range refuses, each beside its unsealed twin. [linux userspace-api/mseal
/// v6.12]
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/sys/process.h"
#include "tests/kernel/seal.h"
#include "tests/rt/domain/smaps.h"

using namespace kernel;

namespace {

constexpr size_t pages = 4;
constexpr long read_write = PROT_READ | PROT_WRITE;
constexpr unsigned char fill = 0x5e;

/// Four pages of one byte, private or shared, with nothing mapped after them.
Region make(bool shared) {
    constexpr size_t bytes = pages * POSTERN_PAGE;
    const long sharing = shared ? MAP_SHARED : MAP_PRIVATE;
    const long begin =
        rt::sys::call_raw(__NR_mmap, 0, 2 * bytes, read_write, sharing | MAP_ANONYMOUS, -1);
    CHILD_EQUAL(rt::sys::call_raw(__NR_munmap, begin + static_cast<long>(bytes), bytes), 0);
    __builtin_memset(reinterpret_cast<void *>(begin), fill, bytes);
    const auto start = static_cast<uintptr_t>(begin);
    return Region::from_raw(start, start + bytes);
}

/// Whether all bytes, permissions and keys are what `make` made.
bool is_intact(Region region) {
    for (uintptr_t place = region.begin(); place != region.end(); ++place) {
        if (*reinterpret_cast<volatile unsigned char *>(place) != fill) {
            return false;
        }
    }
    uintptr_t covered = region.begin();
    for (const smaps::Mapping &mapping : smaps::read()) {
        if (covered >= mapping.begin && covered < mapping.end) {
            const bool good = mapping.key == 0 && mapping.permissions[0] == 'r' &&
                              mapping.permissions[1] == 'w' && mapping.permissions[2] == '-';
            covered = good ? mapping.end : covered;
        }
    }
    return covered >= region.end();
}

/// An operation; the kernel's answer, or 0 for an address.
struct Operation {
    long (*run)(Region region);
    bool shared = false;
    long unsealed = 0;
    long sealed = eperm;
};

constinit Operation operation{};

long answer_of(Region region) {
    const long answer = operation.run(region);
    return answer < 0 && answer >= -4095 ? answer : 0;
}

void body() {
    CHILD_EQUAL(take_key(), 1);
    CHILD_EQUAL(answer_of(make(operation.shared)), operation.unsealed);
    const Region sealed = make(operation.shared);
    seal_all(sealed);
    CHILD_EQUAL(answer_of(sealed), has_seals() ? operation.sealed : operation.unsealed);
    CHILD_EXPECT(!has_seals() || is_intact(sealed));
}

void expect_refused(Operation wanted) {
    operation = wanted;
    expect_child(body);
}

/// Addresses where nothing is mapped, as long as a region.
long room() {
    const Region region = make(false);
    CHILD_EXPECT(bool(rt::sys::munmap(region)));
    return static_cast<long>(region.begin());
}

long remap(Region region, size_t bytes, long flags, long target = 0) {
    return rt::sys::call_raw(__NR_mremap, region.begin(), region.bytes(), bytes, flags, target);
}

Region middle(Region region) {
    return Region::from_raw(region.begin() + POSTERN_PAGE, region.end() - POSTERN_PAGE);
}

} // namespace

POSTERN_TEST("kernel.mseal.refuses_munmap", SHOWS(kernel_mseal_refusals)) {
    const auto unmap = [](Region region) {
        return rt::sys::call_raw(__NR_munmap, region.begin(), region.bytes());
    };
    expect_refused({unmap});
    expect_refused({[](Region region) {
        return rt::sys::call_raw(__NR_munmap, middle(region).begin(), middle(region).bytes());
    }});
    expect_refused({.run = unmap, .shared = true});
}

POSTERN_TEST("kernel.mseal.refuses_a_mapping_over_it", SHOWS(kernel_mseal_refusals)) {
    expect_refused({[](Region region) {
        return rt::sys::call_raw(__NR_mmap, region.begin(), region.bytes(), read_write,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1);
    }});
    expect_refused({[](Region region) {
        return rt::sys::call_raw(__NR_mmap, middle(region).begin(), POSTERN_PAGE, PROT_NONE,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1);
    }});
    expect_refused({.run =
                        [](Region region) {
                            constexpr long flags =
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
                            return rt::sys::call_raw(__NR_mmap, region.begin(), region.bytes(),
                                                     read_write, flags, -1);
                        },
                    .unsealed = eexist,
                    .sealed = eexist});
}

POSTERN_TEST("kernel.mseal.refuses_mremap", SHOWS(kernel_mseal_refusals)) {
    expect_refused({[](Region region) {
        return remap(region, region.bytes(), MREMAP_MAYMOVE | MREMAP_FIXED, room());
    }});
    expect_refused({[](Region region) { return remap(region, POSTERN_PAGE, 0); }}); // shrink
    expect_refused({[](Region region) { return remap(region, 2 * region.bytes(), 0); }});
    expect_refused(
        {[](Region region) { return remap(region, 4 * region.bytes(), MREMAP_MAYMOVE); }});
    expect_refused({[](Region region) {
        return remap(region, region.bytes(), MREMAP_MAYMOVE | MREMAP_DONTUNMAP);
    }});
    // An old size of zero makes a second mapping of shared memory.
    expect_refused({.run =
                        [](Region region) {
                            return rt::sys::call_raw(__NR_mremap, region.begin(), 0, region.bytes(),
                                                     MREMAP_MAYMOVE);
                        },
                    .shared = true});
    // Another mapping cannot be moved onto it either.
    expect_refused({[](Region region) {
        return remap(make(false), region.bytes(), MREMAP_MAYMOVE | MREMAP_FIXED,
                     static_cast<long>(region.begin()));
    }});
}

POSTERN_TEST("kernel.mseal.refuses_mprotect", SHOWS(kernel_mseal_refusals)) {
    expect_refused({[](Region region) { return protect(region, PROT_READ); }});
    expect_refused({[](Region region) { return protect(region, read_write); }}); // no change
    expect_refused({[](Region region) { return protect(page_of(region, 2), PROT_NONE); }});
    expect_refused(
        {.run = [](Region region) { return protect(region, PROT_READ); }, .shared = true});
}

POSTERN_TEST("kernel.mseal.refuses_pkey_mprotect", SHOWS(kernel_mseal_refusals)) {
    expect_refused({[](Region region) {
        return rt::sys::call_raw(__NR_pkey_mprotect, region.begin(), region.bytes(), read_write, 1);
    }});
    expect_refused({[](Region region) {
        return rt::sys::call_raw(__NR_pkey_mprotect, region.begin(), POSTERN_PAGE, read_write, 0);
    }});
}

// Other ways to put a mapping over it, or the pages of shared memory in another order.
POSTERN_TEST("kernel.mseal.refuses_shmat_and_remap_file_pages", SHOWS(kernel_mseal_refusals)) {
    expect_refused({[](Region region) {
        constexpr long remap_over = 040000, remove = 0; // SHM_REMAP, IPC_RMID
        const long segment = rt::sys::call_raw(__NR_shmget, 0, region.bytes(), 0600);
        const long answer = rt::sys::call_raw(__NR_shmat, segment, region.begin(), remap_over);
        CHILD_EQUAL(rt::sys::call_raw(__NR_shmctl, segment, remove, 0), 0);
        return answer;
    }});
    expect_refused({.run =
                        [](Region region) {
                            return rt::sys::call_raw(__NR_remap_file_pages, region.begin(),
                                                     region.bytes(), 0, 0, 0);
                        },
                    .shared = true});
}

// All or nothing: of a range with one sealed page nothing goes.
POSTERN_TEST("kernel.mseal.munmap_is_atomic", SHOWS(kernel_mseal_refusals)) {
    expect_child([] {
        const Region region = make(false);
        const Region one = page_of(region, 2);
        CHILD_EQUAL(seal(one.begin(), one.bytes()), has_seals() ? 0 : enosys);
        CHILD_EQUAL(rt::sys::call_raw(__NR_munmap, region.begin(), region.bytes()),
                    has_seals() ? eperm : 0);
        CHILD_EQUAL(has_seals() && is_intact(region), has_seals());
        CHILD_EQUAL(rt::sys::any_mapped(region), has_seals());
    });
}

// mprotect may stop halfway; the sealed page stays what it was.
POSTERN_TEST("kernel.mseal.mprotect_stops_at_a_sealed_page", SHOWS(kernel_mseal_refusals)) {
    expect_child([] {
        const Region region = make(false);
        const Region one = page_of(region, 2);
        CHILD_EQUAL(seal(one.begin(), one.bytes()), has_seals() ? 0 : enosys);
        CHILD_EQUAL(protect(region, PROT_READ), has_seals() ? eperm : 0);
        CHILD_EQUAL(is_intact(one), has_seals());
    });
}

POSTERN_TEST("kernel.mseal.a_fork_keeps_the_seal", SHOWS(kernel_mseal_refusals)) {
    expect_child([] {
        static constinit Region region = Region::from_raw(0, 0);
        region = make(false);
        seal_all(region);
        const int status = run_fork([] {
            CHILD_EQUAL(protect(region, PROT_READ), has_seals() ? eperm : 0);
            CHILD_EQUAL(is_intact(region), has_seals());
        });
        CHILD_EQUAL(status, 0);
    });
}
