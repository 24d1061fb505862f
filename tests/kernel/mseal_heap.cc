/// The guide's own example of what not to seal: a part of the heap. [linux userspace-api/mseal
/// v6.12]
#include <asm/unistd.h>
#include <linux/mman.h>

#include "tests/kernel/seal.h"

using namespace kernel;

namespace {

/// The end of the heap; moved there first when it is not 0. The kernel answers with where it is.
uintptr_t set_break(uintptr_t end = 0) {
    return static_cast<uintptr_t>(rt::sys::call_raw(__NR_brk, end));
}

/// malloc, mprotect(RO), mseal, free, as the guide has it: whether the heap manager, which gets the
/// memory back, can use and shrink it again.
void check_heap(bool sealed) {
    const uintptr_t begin = (set_break() + POSTERN_PAGE - 1) & ~uintptr_t{POSTERN_PAGE - 1};
    CHILD_EQUAL(set_break(begin + 3 * POSTERN_PAGE), begin + 3 * POSTERN_PAGE);
    const Region block = page_of(Region::from_raw(begin, begin + 3 * POSTERN_PAGE), 1);
    CHILD_EQUAL(protect(block, PROT_READ), 0);
    if (sealed) {
        seal_all(block);
    }
    const bool kept = sealed && has_seals();
    CHILD_EQUAL(protect(block, PROT_READ | PROT_WRITE), kept ? eperm : 0);
    CHILD_EQUAL(set_break(begin + 2 * POSTERN_PAGE), begin + 2 * POSTERN_PAGE); // above the block
    CHILD_EQUAL(set_break(begin), begin + (kept ? 2 * POSTERN_PAGE : 0));
    CHILD_EQUAL(rt::sys::any_mapped(block), kept);
}

constinit const char *running = nullptr;

/// Runs `body` in a child where the heap begins directly after the image: elsewhere the kernel may
/// have put it in front of, or into, memory that is mapped, and it cannot grow. That takes an
/// execve, after which the case comes here again. [personality(2)]
void expect_child_with_heap(const char *name, void (*body)()) {
    constexpr long not_randomized = 0x0040000, ask = 0xffffffff;
    if ((rt::sys::call_raw(__NR_personality, ask) & not_randomized) != 0) {
        return expect_child(body);
    }
    running = name;
    expect_child([] {
        const char *const arguments[] = {"kernel", running, nullptr};
        const char *const environment[] = {nullptr};
        rt::sys::call_raw(__NR_dup2, 2, 1); // what that one prints is part of a failure here
        rt::sys::call_raw(__NR_personality, not_randomized);
        rt::sys::call_raw(__NR_execve, "/proc/self/exe", arguments, environment);
        rt::sys::exit(1);
    });
}

/// A block at the heap's beginning is sealed, freed and written again.
void write_freed_block() {
    const uintptr_t begin = (set_break() + POSTERN_PAGE - 1) & ~uintptr_t{POSTERN_PAGE - 1};
    CHILD_EQUAL(set_break(begin + POSTERN_PAGE), begin + POSTERN_PAGE);
    const Region block = Region::from_raw(begin, begin + POSTERN_PAGE);
    auto &word = *reinterpret_cast<volatile uint64_t *>(begin);
    word = 1;
    CHILD_EQUAL(protect(block, PROT_READ), 0);
    seal_all(block);
    CHILD_EQUAL(protect(block, PROT_READ | PROT_WRITE), has_seals() ? eperm : 0);
    word = 2;
}

} // namespace

POSTERN_TEST("kernel.mseal.a_sealed_part_of_the_heap_stays_as_it_is", SHOWS(kernel_mseal_heap)) {
    expect_child_with_heap("kernel.mseal.a_sealed_part", [] { check_heap(true); });
}

POSTERN_TEST("kernel.mseal.an_unsealed_part_of_the_heap_is_used_again", SHOWS(kernel_mseal_heap)) {
    expect_child_with_heap("kernel.mseal.an_unsealed_part", [] { check_heap(false); });
}

// A write to what was freed is the fault that the guide foretells.
POSTERN_TEST("kernel.mseal.a_heap_that_was_sealed_cannot_be_written", SHOWS(kernel_mseal_heap)) {
    expect_child_with_heap("kernel.mseal.a_heap_that", [] {
        constexpr int died = 128 + 11; // of SIGSEGV
        CHILD_EQUAL(run_fork(write_freed_block), has_seals() ? died : 0);
    });
}
