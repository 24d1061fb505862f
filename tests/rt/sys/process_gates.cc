/// A program with domains and its children: the gates stay closed, and under a filter no program
/// starts.
#include "rt/sys/child.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/sys/process.h"

namespace {

constexpr const char *environment[] = {nullptr};

rt::Result<rt::sys::Process> start() {
    static const char *words[] = {"child", "exit", "3", nullptr};
    return rt::sys::spawn(
        {.path = harness::arguments()[2], .arguments = words, .environment = environment});
}

} // namespace

POSTERN_TEST("run.process.the_parent_stays_behind_its_gates", SHOWS(childs_end_is_told)) {
    const auto child = start();
    const bool filtered = rt::guarantees().system_calls == rt::Mediation::filter;
    if (EXPECT(bool(child) != filtered) && child) {
        const auto ended = rt::sys::wait_for(child.value());
        EXPECT(ended && ended.value().signal() == 0 && ended.value().exit_status() == 3);
    }
    const auto answer = rt::call<Domain::alice>(process::twice, 21ul);
    EXPECT(answer && answer.value() == 42);
    const auto refused = rt::call<Domain::alice>(process::ask_the_kernel);
    if (EXPECT(!refused)) {
        EXPECT(refused.fault().kind == rt::FaultKind::syscall);
        EXPECT(refused.fault().domain == Domain::alice);
    }
}

POSTERN_TEST("run.process.behind_a_filter_nothing_starts") {
    if (rt::guarantees().system_calls != rt::Mediation::filter) {
        return harness::skip("dispatch takes the system calls here; exec ends it");
    }
    const auto child = start();
    EXPECT(!child && child.error() == rt::Errno::not_permitted);
    EXPECT(rt::sys::next_ended().error() == rt::Errno::no_child);
}

POSTERN_TEST("run.process.behind_the_inherited_filter", SHOWS(executing_app_says_its_rules)) {
    if (rt::guarantees().seccomp_mode == rt::syscall::SeccompMode::missing) {
        return harness::skip("this kernel has no filters (CONFIG_SECCOMP_FILTER)");
    }
    EXPECT(rt::guarantees().seccomp_mode == rt::syscall::SeccompMode::may_exec);
    constexpr long eperm = -1, einval = -22, none = -1;
    constexpr int nobody = -1;
    EXPECT_EQUAL(rt::sys::call_raw(__NR_ptrace, 16, nobody), eperm);
    EXPECT_EQUAL(rt::sys::call_raw(__NR_process_vm_readv, nobody), eperm);
    EXPECT_EQUAL(rt::sys::call_raw(__NR_userfaultfd, none), eperm);
    // Of those that executed programs need, none is refused by the filter.
    EXPECT_EQUAL(rt::sys::call_raw(__NR_pkey_alloc, 1, 0), einval);
}
