/// Measures gates, faults, system calls and copies with the same objects that apps link.
#include "bench/payload/rows.h"
#include "bench/payload/run.h"
#include "rt/rt.h"

namespace bench {

constinit const char *const unit_name = "u";

namespace {

constexpr const Rows *tables[] = {&call_rows,        &across_rows,  &nested_rows, &ladder_rows,
                                  &part_rows,        &rdpkru_rows,  &shape_rows,  &work_rows,
                                  &overhead_rows,    &latency_rows, &fault_rows,  &plain_call_rows,
                                  &system_call_rows, &access_rows,  &copy_rows};

bool is_of(const Rows &rows, const Row &row) {
    return &row >= rows.begin() && &row < rows.end();
}

/// The rows of system calls switch dispatch off and on.
const char *obstacle(const Row &row) {
    return (is_of(plain_call_rows, row) || is_of(system_call_rows, row)) &&
                   rt::guarantees().system_calls != rt::Mediation::dispatch
               ? "this kernel has no Syscall User Dispatch"
               : nullptr;
}

constexpr Program program = {"bench_payload", "", tables, sizeof tables / sizeof tables[0],
                             obstacle};

} // namespace

} // namespace bench

rt::Exit main(rt::Arguments arguments) {
    constexpr int most = 4;
    const char *words[most] = {};
    const int count = arguments.count() - 1;
    for (int i = 0; i < count && i < most; ++i) {
        words[i] = arguments[i + 1];
    }
    return static_cast<rt::Exit>(bench::run(bench::program, words, count));
}
