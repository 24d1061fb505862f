/// What do dispatch, seccomp filter and seal cost to set up, once, at start?
#include "bench/interposition/child.h"
#include "bench/interposition/rows.h"
#include "bench/payload/dispatch.h"
#include "rt/trap/install.h"

namespace bench {

namespace {

constexpr auto question =
    "What do dispatch, seccomp filter and seal cost to set up, once, at start?";

void dispatch() {
    must(rt::sys::arm_dispatch(reinterpret_cast<const char *>(&rt::base::slot().selector)));
}

void filter() {
    rt::syscall::install_filter(rt::guarantees().seccomp_mode, rt::guarantees().map);
}

void seal() {
    rt::seal::seal_all();
}

/// The trial by which a report or a requirement checks dispatch: a system call under a closed
/// selector.
void trial() {
    if (!rt::trap::dispatches()) {
        rt::panic("dispatch takes no system call");
    }
}

void ignore(const rt::Deviation &) {}

/// POSTERN_AUDIT=1: every mapping that the kernel shows.
void audit() {
    if (!rt::audit_keys(ignore)) {
        rt::panic("a mapping differs from the tables");
    }
}

constexpr Row row(const char *name, Timed run) {
    return {name, Kind::loop, question, run, plain_getppid, getppid_name};
}

constexpr Row table[] = {
    row("put_up_dispatch", repeated<dispatch>),
    row("put_up_filter", each_in_a_child<repeated<filter>>),
    row("try_dispatch", repeated<trial>),
    row("audit", repeated<audit>),
};

constexpr Row seal_table[] = {
    row("put_up_seal", each_in_a_child<repeated<seal>>),
};

} // namespace

constinit const Rows put_up_rows = rows_of(table);
constinit const Rows seal_rows = rows_of(seal_table);

} // namespace bench
