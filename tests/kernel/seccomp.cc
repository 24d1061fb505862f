/// A seccomp filter where there is neither dispatch nor seal: it refuses by number, and traps by
/// the address of an instruction. [linux seccomp_filter v6.12]
#include "tests/kernel/answers.h"
#include "tests/kernel/dispatch.h"
#include "tests/kernel/filter.h"

#include "rt/sys/process.h"

using namespace kernel;

namespace {

constexpr int code_seccomp = 1; // SYS_SECCOMP

uint32_t low_half(const void *place) {
    return static_cast<uint32_t>(reinterpret_cast<uint64_t>(place));
}

/// The whole signal of a trapped system call; the call was not made.
void check_trapped(int number, uint32_t arch, const char *behind) {
    const Notes &seen = notes();
    CHILD_EQUAL(seen.handled, 1);
    CHILD_EQUAL(seen.ended, 1);
    CHILD_EQUAL(seen.signal, Signal::syscall);
    CHILD_EQUAL(seen.code, code_seccomp);
    CHILD_EQUAL(seen.number, number);
    CHILD_EQUAL(seen.arch, arch);
    CHILD_EQUAL(seen.address, reinterpret_cast<uint64_t>(behind));
    CHILD_EQUAL(seen.rip, reinterpret_cast<uint64_t>(behind));
    CHILD_EQUAL(seen.rax, number);
    CHILD_EQUAL(seen.entry_pkru, default_pkru);
}

} // namespace

POSTERN_TEST("kernel.seccomp.refuses_by_number", SHOWS(kernel_seccomp_filters)) {
    expect_child([] {
        CHILD_EXPECT(rt::sys::call_raw(__NR_getppid) > 0);
        CHILD_EQUAL(install({filter_number, __NR_getppid, filter_errno | 1}), 0);
        CHILD_EQUAL(rt::sys::call_raw(__NR_getppid), eperm);
        CHILD_EXPECT(rt::sys::getpid() > 0);
    });
}

// The same number passes from the runtime's own instruction. A view that closes nearly everything
// is no hindrance: filters live in the kernel.
POSTERN_TEST("kernel.seccomp.traps_by_instruction_pointer", SHOWS(kernel_seccomp_filters)) {
    expect_child([] {
        const int self = rt::sys::getpid();
        const uint32_t view = pkru_with(take_key(), Rights::read_only);
        catch_signal(Signal::syscall);
        CHILD_EQUAL(kernel_strike(view, kernel_act_syscall, __NR_getpid), self);
        CHILD_EQUAL(install({filter_instruction, low_half(kernel_syscall_behind), filter_trap}), 0);
        notes() = {};
        CHILD_EQUAL(kernel_strike(view, kernel_act_syscall, __NR_getpid), __NR_getpid);
        check_trapped(__NR_getpid, arch_64_bit, kernel_syscall_behind);
        CHILD_EQUAL(notes().frame_pkru, view);
        CHILD_EQUAL(notes().after_pkru, view);
        CHILD_EQUAL(rt::sys::getpid(), self);
    });
}

POSTERN_TEST("kernel.seccomp.is_inherited_by_threads_and_children", SHOWS(kernel_seccomp_filters)) {
    expect_child([] {
        CHILD_EQUAL(install({filter_number, __NR_getppid, filter_errno | 1}), 0);
        run_thread([](uint32_t) { CHILD_EQUAL(rt::sys::call_raw(__NR_getppid), eperm); });
        CHILD_EQUAL(run_fork([] { CHILD_EQUAL(rt::sys::call_raw(__NR_getppid), eperm); }), 0);
    });
}

// A trap cannot be caught while SIGSYS is blocked.
POSTERN_TEST("kernel.seccomp.a_blocked_sigsys_is_death", SHOWS(kernel_seccomp_filters)) {
    const harness::ChildEnd end = run_child([] {
        catch_signal(Signal::syscall);
        CHILD_EQUAL(install({filter_instruction, low_half(kernel_syscall_behind), filter_trap}), 0);
        CHILD_EXPECT(bool(rt::sys::set_blocked(rt::sys::SignalSet().with(Signal::syscall))));
        kernel_strike(0, kernel_act_syscall, __NR_getpid);
    });
    expect_death(end, Signal::syscall);
    EXPECT_EQUAL(notes().entered, 0);
}
