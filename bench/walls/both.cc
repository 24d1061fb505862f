/// What do system calls of domains cost behind both walls, as in every app?
#include "bench/payload/dispatch.h"
#include "bench/payload/numbers.h"
#include "bench/payload/own_calls.h"
#include "bench/walls/child.h"
#include "bench/walls/rows.h"

namespace bench {

namespace {

constexpr auto question = "What does getppid cost, mediated and refused?";

template <Timed run>
constexpr Row row(const char *name) {
    return {name,          Kind::loop,  question, behind<run, Walls::dispatch_and_filter>,
            plain_getppid, getppid_name};
}

constexpr Row table[] = {
    row<timed<mediated>>("both_walls_mediated_getppid"),
    row<repeated<refused>>("both_walls_fault_syscall"),
    row<timed<answered<number::getuid>>>("both_walls_answered_syscall"),
    row<timed<answered<number::getpid>>>("both_walls_performed_syscall"),
};

} // namespace

constinit const Rows both_rows = rows_of(table);

} // namespace bench
