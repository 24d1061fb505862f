/// The mechanism that refuses system calls of domains: dispatch where the kernel grants it, else
/// the filter.
#include <asm/unistd.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "rt/trap/install.h"
#include "tests/harness/harness.h"

using rt::Mediation;

namespace {

/// Whether this kernel grants dispatch, now, to this process: asked in a child by switching it off.
bool kernel_grants_dispatch() {
    return harness::in_child([] {
               const long answer =
                   rt::sys::call_raw(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_OFF);
               rt::sys::exit(answer == 0 ? 0 : 1);
           }).exit_status == 0;
}

uint64_t make_a_system_call() {
    uint64_t number = __NR_getpid;
    asm volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
    return number;
}
constexpr rt::Entry<Domain::alice, make_a_system_call> alice_calls;

} // namespace

POSTERN_TEST("run.mediation.dispatch_where_the_kernel_grants_it", SHOWS(filter_demands_the_word)) {
    const bool granted = kernel_grants_dispatch();
    EXPECT(rt::guarantees().system_calls == (granted ? Mediation::dispatch : Mediation::filter));
}

// In a child, where a fork has ended it, the probe says that there is no dispatch. A filter that
// replaces dispatch stays, and refuses the probe's call as well, because the call has no call word.
POSTERN_TEST("run.mediation.the_probe_tells_whether_calls_are_dispatched",
             SHOWS(machine_is_found_out_and_told)) {
    const bool dispatched = rt::guarantees().system_calls == Mediation::dispatch;
    EXPECT(rt::trap::dispatches());
    const auto end = harness::in_child([] { rt::sys::exit(rt::trap::dispatches() ? 1 : 0); });
    EXPECT_EQUAL(end.exit_status, dispatched ? 0 : 1);
    // The handler is the trap entry again.
    const auto refused = rt::call<Domain::alice>(alice_calls);
    EXPECT(!refused) && EXPECT(refused.fault().kind == rt::FaultKind::syscall);
}

POSTERN_TEST("run.mediation.the_filter_is_there_only_where_dispatch_is_not",
             SHOWS(filter_demands_the_word)) {
    const bool filtered = rt::guarantees().system_calls == Mediation::filter;
    // The launcher of this test's second run has left a filter too.
    const bool launched = harness::arguments().environment("POSTERN_LAUNCHED") != nullptr;
    const long mode = rt::sys::call_raw(__NR_prctl, PR_GET_SECCOMP);
    EXPECT_EQUAL(mode, filtered || launched ? SECCOMP_MODE_FILTER : SECCOMP_MODE_DISABLED);
}

// A child is a copy: the filter stays with it, so that its domains have no system calls either.
POSTERN_TEST("run.mediation.a_child_keeps_the_filter", SHOWS(filter_demands_the_word)) {
    if (rt::guarantees().system_calls != Mediation::filter) {
        return harness::skip("dispatch takes the system calls here; a fork ends it");
    }
    const auto end = harness::in_child([] {
        const auto refused = rt::call<Domain::alice>(alice_calls);
        const bool good = !refused && refused.fault().kind == rt::FaultKind::syscall &&
                          refused.fault().number == __NR_getpid;
        rt::sys::exit(good ? 0 : 1);
    });
    EXPECT_EQUAL(end.exit_status, 0);
}
