/// The calls of mseal(2) that are errors, and the pages that are sealed then. [linux
/// userspace-api/mseal v6.12]
#include <asm/unistd.h>
#include <linux/mman.h>

#include "tests/kernel/seal.h"

using namespace kernel;

namespace {

/// Whether no page of the region is sealed: each can still be protected, and is open again after.
bool none_is_sealed(Region region) {
    return protect(region, PROT_READ) == 0 && protect(region, PROT_READ | PROT_WRITE) == 0;
}

/// A call that is an error seals nothing.
void check_error(Region region, uintptr_t begin, size_t bytes, unsigned long flags, long error) {
    CHILD_EQUAL(seal(begin, bytes, flags), has_seals() ? error : enosys);
    CHILD_EXPECT(none_is_sealed(region));
}

} // namespace

POSTERN_TEST("kernel.mseal.wrong_arguments_are_refused", SHOWS(kernel_mseal_errors)) {
    expect_child([] {
        const Region region = map(2 * POSTERN_PAGE);
        check_error(region, region.begin(), region.bytes(), 1, einval);
        check_error(region, region.begin(), region.bytes(), 1ul << 63, einval);
        check_error(region, region.begin() + 1, POSTERN_PAGE, 0, einval);
        check_error(region, region.begin(), ~0ul - POSTERN_PAGE, 0, einval); // wraps
        check_error(region, region.begin(), ~0ul, 0, einval); // wraps when it is rounded up
    });
}

POSTERN_TEST("kernel.mseal.after_a_gap_nothing_is_sealed", SHOWS(kernel_mseal_errors)) {
    expect_child([] {
        const Region all = map(5 * POSTERN_PAGE);
        const Region first = Region::from_raw(all.begin(), all.begin() + 2 * POSTERN_PAGE);
        const Region last = Region::from_raw(first.end() + POSTERN_PAGE, all.end());
        CHILD_EXPECT(bool(rt::sys::munmap(page_of(all, 2))));
        check_error(first, all.begin(), all.bytes(), 0, enomem);
        CHILD_EXPECT(none_is_sealed(last));
        check_error(first, all.begin(), 3 * POSTERN_PAGE, 0, enomem);            // gap at the end
        check_error(last, page_of(all, 2).begin(), 2 * POSTERN_PAGE, 0, enomem); // and begin
        check_error(last, page_of(all, 2).begin(), POSTERN_PAGE, 0, enomem);     // nothing else
    });
}

POSTERN_TEST("kernel.mseal.length_is_rounded_up_to_a_page", SHOWS(kernel_mseal_errors)) {
    expect_child([] {
        const Region region = map(2 * POSTERN_PAGE);
        CHILD_EQUAL(seal(region.begin(), 1), has_seals() ? 0 : enosys);
        CHILD_EQUAL(protect(page_of(region, 0), PROT_READ), has_seals() ? eperm : 0);
        CHILD_EXPECT(none_is_sealed(page_of(region, 1)));
    });
}

POSTERN_TEST("kernel.mseal.length_0_seals_nothing", SHOWS(kernel_mseal_errors)) {
    expect_child([] {
        const Region region = map(POSTERN_PAGE);
        CHILD_EQUAL(seal(region.begin(), 0), has_seals() ? 0 : enosys);
        CHILD_EXPECT(none_is_sealed(region));
    });
}

POSTERN_TEST("kernel.mseal.again_is_no_error", SHOWS(kernel_mseal_errors)) {
    expect_child([] {
        const Region region = map(2 * POSTERN_PAGE);
        seal_all(page_of(region, 1));
        seal_all(region);
        seal_all(region);
        CHILD_EQUAL(protect(page_of(region, 0), PROT_READ), has_seals() ? eperm : 0);
        CHILD_EQUAL(protect(page_of(region, 1), PROT_READ), has_seals() ? eperm : 0);
    });
}

// Mappings of different protection, key and kind in one call.
POSTERN_TEST("kernel.mseal.seals_several_mappings_at_once", SHOWS(kernel_mseal_errors)) {
    expect_child([] {
        const Region region = map(3 * POSTERN_PAGE);
        const int key = take_key();
        CHILD_EQUAL(protect(page_of(region, 0), PROT_NONE), 0);
        CHILD_EXPECT(bool(rt::sys::pkey_mprotect(page_of(region, 2), Protection::read, key)));
        seal_all(region);
        for (size_t index = 0; index < 3; ++index) {
            CHILD_EQUAL(protect(page_of(region, index), PROT_READ), has_seals() ? eperm : 0);
        }
    });
}
