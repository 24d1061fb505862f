/// What does a system call cost when a domain makes it through the monitor, and when it tries it
/// itself?
#include "bench/payload/dispatch.h"
#include "bench/payload/numbers.h"
#include "bench/payload/own_calls.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "What does getppid cost, mediated and refused?";

uint64_t with_selector_open(uint64_t loops) {
    rt::base::slot().selector = RT_SELECTOR_ALLOW;
    const uint64_t ticks = timed<bench_getppid>(loops);
    rt::base::slot().selector = RT_SELECTOR_BLOCK;
    return ticks;
}

void mediated_trusted(uint64_t loops) {
    must(rt::call<Domain::trusted>(Guest<Domain::trusted>::ask_for_parent, loops));
}

constexpr Row plain_table[] = {
    {"getppid", Kind::loop, question, plain_getppid, pairs, unit},
};

constexpr Row row(const char *name, Timed run) {
    return {name, Kind::loop, question, run, plain_getppid, getppid_name};
}

constexpr Row table[] = {
    row("getppid_selector_open", with_selector_open),
    row("getppid_by_monitor", repeated<getppid_by_monitor>),
    row("mediated_getppid", timed<mediated>),
    row("mediated_getppid_trusted", timed<mediated_trusted>),
    row("fault_syscall", repeated<refused>),
    row("answered_syscall", timed<answered<number::getuid>>),
    row("granted_syscall", timed<answered<number::getpid>>),
};

} // namespace

constinit const Rows plain_call_rows = rows_of(plain_table);
constinit const Rows system_call_rows = rows_of(table);

} // namespace bench
