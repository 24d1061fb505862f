/// Measures dispatch, seccomp filter and seal with the same objects that apps link. Without
/// protection keys it runs without isolation, and a change of views costs nothing.
#include "bench/interposition/rows.h"
#include "bench/payload/rows.h"
#include "bench/payload/run.h"
#include "rt/rt.h"

namespace bench {

constinit const char *const unit_name = "u";

namespace {

constexpr const Rows *tables[] = {&system_call_rows, &both_rows,      &filter_rows, &buffer_rows,
                                  &refusal_rows,     &untouched_rows, &put_up_rows, &seal_rows};

/// Nearly all rows switch dispatch off and on, or have it in a child together with the filter.
const char *obstacle(const Row &row) {
    const auto &guarantees = rt::guarantees();
    if (guarantees.system_calls != rt::Mediation::dispatch) {
        return "this kernel has no Syscall User Dispatch";
    }
    if (guarantees.seccomp_mode != rt::syscall::SeccompMode::strict) {
        return "this kernel has no system call filters";
    }
    return &row == seal_rows.begin() && guarantees.map != rt::seal::Provider::mseal
               ? "this kernel seals no mappings"
               : nullptr;
}

constexpr Program program = {"bench_interposition", "", tables, sizeof tables / sizeof tables[0],
                             obstacle};

} // namespace

} // namespace bench

/// Runs before seal and filter, which cannot be removed: rows set them up in children.
void prepare(rt::Arguments arguments) {
    constexpr int most = 4;
    const char *words[most] = {};
    const int count = arguments.count() - 1;
    for (int i = 0; i < count && i < most; ++i) {
        words[i] = arguments[i + 1];
    }
    rt::sys::exit(bench::run(bench::program, words, count));
}

/// Not reached: prepare() has ended the program.
rt::Exit main(rt::Arguments) {
    return rt::Exit::failure;
}
