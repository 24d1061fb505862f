/// Runs the rows of a session as benchmarks of Google Benchmark.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <iostream>

#include "bench/driver/layout.h"
#include "bench/driver/reporter.h"
#include "bench/driver/session.h"

namespace driver {

namespace {

/// On a terminal, shows the row that is being measured, in one line.
void show_progress(const std::string &name) {
    if (isatty(STDERR_FILENO) == 1) {
        std::cerr << "\r\033[K" << name << std::flush;
    }
}

std::string absent_rows(const Session &session) {
    std::string text;
    for (const auto &measured : session.rows()) {
        if (!measured.absent.empty()) {
            text += (text.empty() ? "" : "; ") + measured.row.name + ": " + measured.absent;
        }
    }
    return text;
}

/// u before the run, for the record. Each row measures u again beside itself.
std::string unit_cycles(const std::vector<Measured> &rows) {
    for (const auto &measured : rows) {
        if (measured.program != nullptr && measured.absent.empty() &&
            measured.row.kind == Kind::loop && measured.row.yardstick == "u") {
            const Taken taken = measured.program->measure(measured.row, 51, 2000);
            return taken.samples.empty() ? "" : shown(repetition_of(taken.samples).second);
        }
    }
    return "none: no protection keys";
}

void report(benchmark::State &state, const Measured &measured, const Repetition &repetition,
            double ticks_per_second) {
    // Google Benchmark's time of each iteration is the repetition's median. A mean over samples
    // would depend on how often the kernel ran something else.
    for (auto iteration : state) {
        static_cast<void>(iteration);
        state.SetIterationTime(repetition.median / ticks_per_second);
    }
    auto &counters = state.counters;
    counters["cycles"] = repetition.median;
    counters["cycles_min"] = repetition.minimum;
    if (measured.row.kind == Kind::window) {
        counters["cycles_p90"] = repetition.p90;
        counters["cycles_p99"] = repetition.p99;
        counters["cycles_max"] = repetition.maximum;
    }
    counters["yardstick_cycles"] = repetition.second;
    counters["yardsticks"] = repetition.ratio;
    counters["loops"] = measured.loops;
    counters["retries"] = repetition.retries;
    state.SetLabel("yardstick: " + measured.row.yardstick);
}

} // namespace

void Session::add_context() const {
    for (const auto &[key, value] : machine_.record) {
        benchmark::AddCustomContext(key, value);
    }
    benchmark::AddCustomContext("not_measured", absent_rows(*this));
    benchmark::AddCustomContext("u_cycles", unit_cycles(rows_));
}

void Session::register_rows() {
    for (auto &measured : rows_) {
        if (measured.program == nullptr || !measured.absent.empty() || !measured.failed.empty()) {
            continue;
        }
        const auto body = [this, &measured](benchmark::State &state) {
            std::string failure;
            show_progress(measured.row.name);
            const Repetition repetition = repeat(measured, failure);
            if (!failure.empty()) {
                measured.failed = failure;
                state.SkipWithError(failure.c_str());
                return;
            }
            measured.repetitions.push_back(repetition);
            report(state, measured, repetition, machine_.ticks_per_second);
        };
        benchmark::RegisterBenchmark(measured.row.name.c_str(), body)
            ->UseManualTime()
            ->Unit(benchmark::kNanosecond)
            ->Iterations(measured.samples)
            ->Repetitions(static_cast<int>(plan_.repetitions));
    }
}

void Session::measure() {
    add_context();
    register_rows();
    // Repetitions of a row are spread over the run, so that a noisy minute does not spoil all of
    // them.
    std::vector<std::string> words{"bench_driver", "--benchmark_out=" + options_.out,
                                   "--benchmark_out_format=json",
                                   "--benchmark_enable_random_interleaving=true"};
    std::vector<char *> arguments;
    for (auto &word : words) {
        arguments.push_back(word.data());
    }
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    std::cerr << "bench: measuring takes about " << static_cast<int>(expected_seconds() + 1)
              << " seconds" << std::endl;
    Silent silent;
    NamelessJson json;
    benchmark::RunSpecifiedBenchmarks(&silent, &json);
    show_progress("");
    mark_noise();
}

} // namespace driver
