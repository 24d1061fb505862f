/// What do system calls of domains cost under dispatch and seccomp filter, as in every app?
#include "bench/interposition/child.h"
#include "bench/interposition/rows.h"
#include "bench/payload/dispatch.h"
#include "bench/payload/numbers.h"
#include "bench/payload/own_calls.h"

namespace bench {

namespace {

constexpr auto question = "What does getppid cost, mediated and refused?";

template <Timed run>
constexpr Row row(const char *name) {
    return {name,          Kind::loop,  question, behind<run, Interposition::dispatch_and_filter>,
            plain_getppid, getppid_name};
}

constexpr Row table[] = {
    row<timed<mediated>>("both_mediated_getppid"),
    row<repeated<refused>>("both_fault_syscall"),
    row<timed<answered<number::getuid>>>("both_answered_syscall"),
    row<timed<answered<number::getpid>>>("both_performed_syscall"),
};

} // namespace

constinit const Rows both_rows = rows_of(table);

} // namespace bench
