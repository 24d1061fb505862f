/// System calls with a pointer to a page whose key is closed: which accesses of the kernel obey the
/// caller's PKRU, and what a refused call leaves undone. [linux copy_user, futex v6.12]
#include "tests/kernel/answers.h"
#include "tests/kernel/experiment.h"

#include <asm/unistd.h>
#include <linux/futex.h>
#include <linux/time.h>

#include "crt/system.h"
#include "rt/sys/call.h"

using namespace kernel;

namespace {

constexpr int key = 1;
constexpr unsigned char fill = 0xa5;

constinit unsigned char *page = nullptr;

/// A page of the key 1, full of one byte. Once per child.
void make_page() {
    CHILD_EQUAL(take_key(), key);
    page =
        reinterpret_cast<unsigned char *>(map(POSTERN_PAGE, Protection::read_write, key).begin());
    kernel_set_pkru(0);
    __builtin_memset(page, fill, POSTERN_PAGE);
}

/// One system call, of up to six arguments, while the key has `rights`; every key is open again
/// afterwards.
template <class... Arguments>
long with(Rights rights, long number, Arguments... arguments) {
    const long words[6] = {rt::sys::word(arguments)...};
    kernel_set_pkru(pkru_with(key, rights));
    const long answer =
        rt_sys_call_early(words[0], words[1], words[2], words[3], words[4], words[5], number);
    kernel_set_pkru(0);
    return answer;
}

bool is_untouched() {
    for (size_t i = 0; i < POSTERN_PAGE; ++i) {
        if (page[i] != fill) {
            return false;
        }
    }
    return true;
}

/// A call that writes to the page: refused with either right, and served with both.
template <class... Arguments>
void check_writer(long served, long number, Arguments... arguments) {
    CHILD_EQUAL(with(Rights::none, number, arguments...), efault);
    CHILD_EQUAL(with(Rights::read_only, number, arguments...), efault);
    CHILD_EXPECT(is_untouched());
    CHILD_EQUAL(with(Rights::full, number, arguments...), served);
    CHILD_EXPECT(!is_untouched());
}

struct Pipe {
    int read_end, write_end;
};

Pipe make_pipe() {
    int ends[2];
    CHILD_EQUAL(rt::sys::call_raw(__NR_pipe2, ends, 0), 0);
    return {ends[0], ends[1]};
}

} // namespace

POSTERN_TEST("kernel.closed_key.read_is_refused_and_loses_nothing",
             SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        const Pipe pipe = make_pipe();
        CHILD_EQUAL(rt::sys::call_raw(__NR_write, pipe.write_end, "four", 4), 4);
        check_writer(4, __NR_read, pipe.read_end, page, 4);
        CHILD_EQUAL(__builtin_memcmp(page, "four\xa5", 5), 0);
    });
}

POSTERN_TEST("kernel.closed_key.write_needs_a_readable_key", SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        const Pipe pipe = make_pipe();
        CHILD_EQUAL(with(Rights::none, __NR_write, pipe.write_end, page, 4), efault);
        CHILD_EQUAL(with(Rights::read_only, __NR_write, pipe.write_end, page, 4), 4);
        CHILD_EQUAL(with(Rights::full, __NR_read, pipe.read_end, page, 100), 4); // of one write
    });
}

POSTERN_TEST("kernel.closed_key.calls_that_fill_a_buffer_are_refused",
             SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        check_writer(64, __NR_getrandom, page, 64, 0);
        __builtin_memset(page, fill, POSTERN_PAGE);
        check_writer(0, __NR_clock_gettime, CLOCK_MONOTONIC, page);
        __builtin_memset(page, fill, POSTERN_PAGE);
        check_writer(0, __NR_uname, page);
    });
}

// A private wait only reads its word; a shared one asks for a writable page.
POSTERN_TEST("kernel.closed_key.futex", SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        constexpr int value = 1; // not what the page holds: nothing waits
        constexpr int private_wait = FUTEX_WAIT | FUTEX_PRIVATE_FLAG;
        constexpr int private_wake = FUTEX_WAKE | FUTEX_PRIVATE_FLAG;
        CHILD_EQUAL(with(Rights::none, __NR_futex, page, private_wait, value, 0), efault);
        CHILD_EQUAL(with(Rights::read_only, __NR_futex, page, private_wait, value, 0), eagain);
        CHILD_EQUAL(with(Rights::none, __NR_futex, page, FUTEX_WAIT, value, 0), efault);
        CHILD_EQUAL(with(Rights::read_only, __NR_futex, page, FUTEX_WAIT, value, 0), efault);
        CHILD_EQUAL(with(Rights::full, __NR_futex, page, FUTEX_WAIT, value, 0), eagain);
        // A wake looks at nothing; one that also operates on a word writes it.
        CHILD_EQUAL(with(Rights::none, __NR_futex, page, private_wake, 1), 0);
        constexpr long operation = FUTEX_OP(FUTEX_OP_SET, 0, FUTEX_OP_CMP_EQ, 0);
        check_writer(0, __NR_futex, page, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 1, 0, page,
                     operation);
    });
}

// The set is read before anything happens; the old set is written when the new one holds already.
POSTERN_TEST("kernel.closed_key.rt_sigprocmask", SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        constexpr uint64_t set = 1 << 9;
        uint64_t present = 0;
        const auto blocked = [&] {
            rt::sys::call_raw(__NR_rt_sigprocmask, SIG_BLOCK, 0, &present, sizeof present);
            return present;
        };
        CHILD_EQUAL(with(Rights::none, __NR_rt_sigprocmask, SIG_SETMASK, page, 0, 8), efault);
        CHILD_EQUAL(blocked(), 0);
        CHILD_EQUAL(with(Rights::read_only, __NR_rt_sigprocmask, SIG_SETMASK, &set, page, 8),
                    efault);
        CHILD_EXPECT(is_untouched());
        CHILD_EQUAL(blocked(), set);
        CHILD_EQUAL(with(Rights::read_only, __NR_rt_sigprocmask, SIG_SETMASK, page, 0, 8), 0);
        CHILD_EQUAL(blocked(), 0xa5a5a5a5a5a5a5a5 & ~(1ull << 8 | 1ull << 18)); // but KILL and STOP
    });
}

// An access to another address space does not check PKRU, not even when it is the caller's own.
POSTERN_TEST("kernel.closed_key.process_vm_writev_and_readv_pass",
             SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        struct {
            const void *base;
            size_t bytes;
        } here{"here", 4}, there{page, 4};
        const long self = rt::sys::call_raw(__NR_getpid);
        CHILD_EQUAL(with(Rights::none, __NR_process_vm_writev, self, &here, 1, &there, 1, 0), 4);
        CHILD_EQUAL(__builtin_memcmp(page, "here\xa5", 5), 0);
        char copy[4] = {};
        here.base = copy;
        CHILD_EQUAL(with(Rights::none, __NR_process_vm_readv, self, &here, 1, &there, 1, 0), 4);
        CHILD_EQUAL(__builtin_memcmp(copy, "here", 4), 0);
    });
}

POSTERN_TEST("kernel.closed_key.proc_self_mem_passes", SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        constexpr int read_write = 2; // O_RDWR
        const long file = rt::sys::call_raw(__NR_openat, -100, "/proc/self/mem", read_write);
        CHILD_EXPECT(file >= 0);
        CHILD_EQUAL(with(Rights::none, __NR_pwrite64, file, "file", 4, page), 4);
        CHILD_EQUAL(__builtin_memcmp(page, "file\xa5", 5), 0);
        char copy[4] = {};
        CHILD_EQUAL(with(Rights::none, __NR_pread64, file, copy, 4, page), 4);
        CHILD_EQUAL(__builtin_memcmp(copy, "file", 4), 0);
    });
}

POSTERN_TEST("kernel.closed_key.calls_on_mappings_pass", SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        constexpr long dont_need = 4;
        CHILD_EQUAL(with(Rights::none, __NR_madvise, page, POSTERN_PAGE, dont_need), 0);
        CHILD_EQUAL(page[0], 0);
        CHILD_EQUAL(with(Rights::none, __NR_mprotect, page, POSTERN_PAGE, 1), 0);
        CHILD_EQUAL(with(Rights::none, __NR_munmap, page, POSTERN_PAGE), 0);
        CHILD_EXPECT(!rt::sys::any_mapped(Region::from_raw(
            reinterpret_cast<uintptr_t>(page), reinterpret_cast<uintptr_t>(page) + POSTERN_PAGE)));
    });
}

// Locking brings the pages in, as their owner would: that needs a key that may write.
POSTERN_TEST("kernel.closed_key.mlock_is_refused", SHOWS(kernel_calls_that_obey_pkru)) {
    expect_child([] {
        make_page();
        constexpr long dont_need = 4;
        CHILD_EQUAL(with(Rights::full, __NR_madvise, page, POSTERN_PAGE, dont_need), 0);
        CHILD_EQUAL(with(Rights::none, __NR_mlock, page, POSTERN_PAGE), enomem);
        CHILD_EQUAL(with(Rights::read_only, __NR_mlock, page, POSTERN_PAGE), enomem);
        CHILD_EQUAL(with(Rights::full, __NR_mlock, page, POSTERN_PAGE), 0);
    });
}
