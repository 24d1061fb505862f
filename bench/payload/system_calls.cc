/// What does a system call cost when a domain makes it by way of the monitor, and when it tries
/// itself?
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"
#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace bench {

namespace {

constexpr auto question = "What does getppid cost, mediated and refused?";
constexpr auto yardstick = "getppid";

constexpr long getppid = 110; // [linux syscall_64.tbl v6.12]
constexpr long prctl = 157;
constexpr long set_dispatch = 59; // [linux prctl.h v6.12]

/// Without dispatch, as in a program that has never heard of it; no domain runs meanwhile.
uint64_t plain(uint64_t loops) {
    rt::sys::call_raw(prctl, set_dispatch, 0, 0, 0, 0);
    const uint64_t ticks = timed<bench_getppid>(loops);
    must(rt::sys::arm_dispatch(reinterpret_cast<const char *>(&rt::base::slot().selector)));
    return ticks;
}

uint64_t with_selector_open(uint64_t loops) {
    rt::base::slot().selector = RT_SELECTOR_ALLOW;
    const uint64_t ticks = timed<bench_getppid>(loops);
    rt::base::slot().selector = RT_SELECTOR_BLOCK;
    return ticks;
}

void by_monitor() {
    rt::sys::call_raw(getppid);
}

void mediated(uint64_t loops) {
    must(rt::call<Domain::distrusted>(Guest<Domain::distrusted>::ask_for_parent, loops));
}

void mediated_trusting(uint64_t loops) {
    must(rt::call<Domain::trusted>(Guest<Domain::trusted>::ask_for_parent, loops));
}

void refused() {
    must_fault(rt::call<Domain::distrusted>(Guest<Domain::distrusted>::own_system_call),
               rt::FaultKind::syscall);
}

constexpr Row table[] = {
    {"getppid", Kind::loop, question, plain, pairs, unit},
    {"getppid_selector_open", Kind::loop, question, with_selector_open, plain, yardstick},
    {"getppid_by_monitor", Kind::loop, question, repeated<by_monitor>, plain, yardstick},
    {"mediated_getppid", Kind::loop, question, timed<mediated>, plain, yardstick},
    {"mediated_getppid_trusting", Kind::loop, question, timed<mediated_trusting>, plain, yardstick},
    {"fault_syscall", Kind::loop, question, repeated<refused>, plain, yardstick},
};

} // namespace

constinit const Rows system_call_rows = rows_of(table);

} // namespace bench
