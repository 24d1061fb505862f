/// The three ways to write to sealed memory that the kernel's guide names. A domain has none of
/// them (tests/attack/seal.cc). [linux userspace-api/mseal v6.12]
#include <asm/unistd.h>
#include <linux/ioctl.h>
#include <linux/mman.h>
#include <linux/ptrace.h>
#include <linux/userfaultfd.h>

#include "tests/kernel/seal.h"

using namespace kernel;

namespace {

constexpr uint64_t before = 0x5e5e5e5e5e5e5e5e, after = 0xc4a46ed;

constinit Region region = Region::from_raw(0, 0);

volatile uint64_t &first_word() {
    return *reinterpret_cast<volatile uint64_t *>(region.begin());
}

/// A sealed page that is not writable any more.
void make_sealed() {
    region = map(POSTERN_PAGE);
    first_word() = before;
    CHILD_EQUAL(protect(region, PROT_READ), 0);
    seal_all(region);
}

/// One thing more that a sealed page refuses, for the page that is written then.
void check_still_sealed() {
    CHILD_EQUAL(protect(region, PROT_READ | PROT_WRITE), has_seals() ? eperm : 0);
}

} // namespace

// From 6.12 on a kernel may be built or told to refuse a write to what the process itself could not
// write (proc_mem.force_override): then there is no such hole. [linux proc/base.c v6.12]
POSTERN_TEST("kernel.mseal.does_not_stop_proc_self_mem", SHOWS(kernel_mseal_holes)) {
    expect_child([] {
        make_sealed();
        constexpr int read_write = 2; // O_RDWR
        const long file = rt::sys::call_raw(__NR_openat, -100, "/proc/self/mem", read_write);
        CHILD_EXPECT(file >= 0);
        const long answer = rt::sys::call_raw(__NR_pwrite64, file, &after, 8, region.begin());
        constexpr long eio = -5;
        const bool forbidden = is_from(6, 12) && answer == eio;
        CHILD_EQUAL(answer, forbidden ? eio : 8);
        CHILD_EQUAL(first_word(), forbidden ? before : after);
        check_still_sealed();
    });
}

POSTERN_TEST("kernel.mseal.does_not_stop_ptrace", SHOWS(kernel_mseal_holes)) {
    expect_child([] {
        make_sealed();
        constexpr long sigchld = 17, sigstop = 19;
        const long child = rt::sys::call_raw(__NR_clone, sigchld);
        if (child == 0) {
            rt::sys::call_raw(__NR_ptrace, PTRACE_TRACEME);
            rt::sys::call_raw(__NR_kill, rt::sys::call_raw(__NR_getpid), sigstop);
            check_still_sealed();
            rt::sys::exit(first_word() == after ? 0 : 1);
        }
        int status = 0;
        rt::sys::call_raw(__NR_wait4, child, &status);
        CHILD_EQUAL(rt::sys::call_raw(__NR_ptrace, PTRACE_POKEDATA, child, region.begin(), after),
                    0);
        CHILD_EQUAL(rt::sys::call_raw(__NR_ptrace, PTRACE_CONT, child, 0, 0), 0);
        rt::sys::call_raw(__NR_wait4, child, &status);
        CHILD_EQUAL(status, 0);
        CHILD_EQUAL(first_word(), before); // ours is another
    });
}

// It fills pages that were not touched before, also executable ones. [linux userfaultfd.c v6.12]
POSTERN_TEST("kernel.mseal.does_not_stop_userfaultfd", SHOWS(kernel_mseal_holes)) {
    expect_child([] {
        const long begin = rt::sys::call_raw(__NR_mmap, 0, POSTERN_PAGE, PROT_READ | PROT_EXEC,
                                             MAP_PRIVATE | MAP_ANONYMOUS, -1); // never touched
        const auto start = static_cast<uintptr_t>(begin);
        region = Region::from_raw(start, start + POSTERN_PAGE);
        seal_all(region);
        const long file = rt::sys::call_raw(__NR_userfaultfd, 0);
        CHILD_EXPECT(file >= 0);
        uffdio_api api{.api = UFFD_API, .features = 0, .ioctls = 0};
        CHILD_EQUAL(rt::sys::call_raw(__NR_ioctl, file, UFFDIO_API, &api), 0);
        uffdio_register wanted{
            .range = {start, POSTERN_PAGE}, .mode = UFFDIO_REGISTER_MODE_MISSING, .ioctls = 0};
        CHILD_EQUAL(rt::sys::call_raw(__NR_ioctl, file, UFFDIO_REGISTER, &wanted), 0);
        alignas(POSTERN_PAGE) static uint64_t ours[POSTERN_PAGE / 8] = {after};
        uffdio_copy copy{.dst = start,
                         .src = reinterpret_cast<uintptr_t>(ours),
                         .len = POSTERN_PAGE,
                         .mode = 0,
                         .copy = 0};
        CHILD_EQUAL(rt::sys::call_raw(__NR_ioctl, file, UFFDIO_COPY, &copy), 0);
        CHILD_EQUAL(first_word(), after);
        check_still_sealed();
    });
}
