/// Measures gates, faults, system calls and copies with the very objects that apps link.
#include "bench/payload/rows.h"
#include "bench/payload/run.h"
#include "rt/rt.h"

namespace bench {

constinit const char *const unit_name = "u";

namespace {

constexpr const Rows *tables[] = {&call_rows,     &across_rows,  &nested_rows, &ladder_rows,
                                  &part_rows,     &rdpkru_rows,  &shape_rows,  &work_rows,
                                  &overhead_rows, &latency_rows, &fault_rows,  &system_call_rows,
                                  &copy_rows};
constexpr Program program = {"bench_payload", "", tables, sizeof tables / sizeof tables[0]};

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
