/// Nothing is registered with the kernel that it would write to later: no rseq, no robust list.
#include <asm/unistd.h>
#include <linux/futex.h>
#include <linux/prctl.h>
#include <linux/resource.h>
#include <linux/rseq.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

constexpr long einval = -22;
constexpr uint32_t signature = 0x53053053;

/// Looks at the time stamp counter until it has gone on by `ticks`.
uint64_t spin(uint64_t ticks) {
    const uint64_t start = __builtin_ia32_rdtsc();
    uint64_t looks = 0;
    while (__builtin_ia32_rdtsc() - start < ticks) {
        ++looks;
    }
    return looks;
}

constexpr rt::Entry<Domain::alice, spin> alice_spins;

/// How often this process lost the processor to another one.
uint64_t preemptions() {
    rusage usage{};
    rt::sys::call_raw(__NR_getrusage, RUSAGE_SELF, &usage);
    return static_cast<uint64_t>(usage.ru_nivcsw);
}

/// Confines this process, and the children that it makes later, to one processor.
void share_one_processor() {
    unsigned processor = 0;
    rt::sys::call_raw(__NR_getcpu, &processor, 0, 0);
    uint64_t mask[16] = {};
    mask[processor / 64 % 16] = uint64_t{1} << (processor % 64);
    EXPECT_EQUAL(rt::sys::call_raw(__NR_sched_setaffinity, 0, sizeof mask, mask), 0);
}

/// A child that only burns time. Ended by `end_process`.
long start_hog() {
    constexpr long sigchld = 17;
    const long child = rt::sys::call_raw(__NR_clone, sigchld);
    while (child == 0) {
        spin(1'000'000);
    }
    return child;
}

void end_process(long process) {
    constexpr int sigkill = 9;
    rt::sys::call_raw(__NR_kill, process, sigkill);
    rt::sys::call_raw(__NR_wait4, process, 0);
}

struct [[gnu::aligned(32)]] RseqArea {
    uint32_t words[8];
};

/// The kernel's answer to registering `area`: 0 when there was none before. [linux rseq.c v6.12]
long register_rseq(RseqArea &area) {
    return rt::sys::call_raw(__NR_rseq, &area, sizeof area, 0, signature);
}

} // namespace

POSTERN_TEST("run.start.no_rseq_is_registered", SHOWS(kernel_writes_nothing_later),
             TRIES(attack_30)) {
    // A second area is refused, so that the first one's success says that there was none before. In
    // a child, which inherits its parent's and keeps this process clean.
    const auto end = harness::in_child([] {
        RseqArea first{};
        RseqArea second{};
        if (register_rseq(first) != 0) {
            rt::sys::exit(1);
        }
        rt::sys::exit(register_rseq(second) == einval ? 0 : 2);
    });
    EXPECT_EQUAL(end.exit_status, 0);
}

POSTERN_TEST("run.start.no_robust_list_is_registered", SHOWS(kernel_writes_nothing_later),
             TRIES(attack_31)) {
    uint64_t head = 1;
    uint64_t bytes = 0;
    EXPECT_EQUAL(rt::sys::call_raw(__NR_get_robust_list, 0, &head, &bytes), 0);
    EXPECT_EQUAL(head, 0);
    // The question is answered truly: a list that there is is shown.
    robust_list_head list{};
    list.list.next = &list.list;
    EXPECT_EQUAL(rt::sys::call_raw(__NR_set_robust_list, &list, sizeof list), 0);
    EXPECT_EQUAL(rt::sys::call_raw(__NR_get_robust_list, 0, &head, &bytes), 0);
    EXPECT_EQUAL(head, reinterpret_cast<uint64_t>(&list));
    EXPECT_EQUAL(rt::sys::call_raw(__NR_set_robust_list, 0, sizeof list), 0);
}

POSTERN_TEST("run.start.no_thread_id_is_cleared_at_the_end", SHOWS(kernel_writes_nothing_later),
             TRIES(attack_31)) {
    uint64_t address = 1;
    if (rt::sys::call_raw(__NR_prctl, PR_GET_TID_ADDRESS, &address) == einval) {
        return harness::skip("this kernel does not tell (CONFIG_CHECKPOINT_RESTORE)");
    }
    EXPECT_EQUAL(address, 0);
}

POSTERN_TEST("run.start.a_preempted_domain_lives", SHOWS(kernel_writes_nothing_later),
             TRIES(attack_30), NEEDS_KEYS("counts how often this process, where no domain runs, is preempted")) {
    share_one_processor();
    const long hog = start_hog();
    const uint64_t before = preemptions();
    const uint64_t wanted = harness::scaled(1000);
    const uint64_t limit = rt::sys::monotonic_nanoseconds() + 60'000'000'000;
    uint64_t calls = 0;
    uint64_t good = 0;
    while (preemptions() - before < wanted && rt::sys::monotonic_nanoseconds() < limit) {
        ++calls;
        good += bool(rt::call<Domain::alice>(alice_spins, 20'000'000ul));
    }
    end_process(hog);
    EXPECT(preemptions() - before >= wanted);
    EXPECT_EQUAL(good, calls);
}
