/// Syscall User Dispatch of a child. [linux syscall-user-dispatch v6.12]
#include "tests/kernel/dispatch.h"

#include <asm/unistd.h>
#include <linux/prctl.h>

#include "rt/sys/call.h"

namespace kernel {

namespace {
constinit volatile char *place_of_selector = nullptr;
}

long set_dispatch(long mode, uint64_t begin, uint64_t bytes, const volatile void *selector) {
    return rt::sys::call_raw(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH, mode, begin, bytes,
                             selector);
}

volatile char &selector() {
    return *place_of_selector;
}

bool arm(int key) {
    const Region page = map(POSTERN_PAGE, Protection::read_write, key);
    place_of_selector = reinterpret_cast<volatile char *>(page.begin());
    catch_signal(Signal::syscall);
    catch_signal(Signal::memory);
    catch_signal(Signal::illegal);
    set_ways({.return_pkru = 0, .edit = [](Frame &) { selector() = selector_allow; }});
    const bool exists = has_dispatch();
    kernel_set_pkru(0); // from here on each system call reads the selector
    CHILD_EQUAL(set_dispatch(PR_SYS_DISPATCH_ON, 0, 0, place_of_selector), exists ? 0 : einval);
    return exists;
}

uint64_t strike_blocked(const void *act, long a, long b, uint32_t pkru) {
    notes() = {};
    kernel_set_pkru(0);
    selector() = selector_block;
    const uint64_t answer = kernel_strike(pkru, act, a, b);
    selector() = selector_allow;
    return answer;
}

void check_dispatched(long number, uint32_t arch, const void *behind) {
    const Notes &seen = notes();
    CHILD_EQUAL(seen.handled, 1);
    CHILD_EQUAL(seen.ended, 1);
    CHILD_EQUAL(seen.signal, Signal::syscall);
    CHILD_EQUAL(seen.code, 2); // SYS_USER_DISPATCH
    CHILD_EQUAL(static_cast<uint32_t>(seen.number), static_cast<uint32_t>(number));
    CHILD_EQUAL(seen.arch, arch);
    CHILD_EQUAL(seen.address, reinterpret_cast<uint64_t>(behind));
    CHILD_EQUAL(seen.rip, reinterpret_cast<uint64_t>(behind));
    CHILD_EQUAL(static_cast<uint32_t>(seen.rax), static_cast<uint32_t>(number)); // not an answer
    CHILD_EQUAL(seen.entry_pkru, default_pkru);
}

void check_not_dispatched() {
    CHILD_EQUAL(notes().entered, 0);
    CHILD_EQUAL(notes().ended, 1);
}

} // namespace kernel
