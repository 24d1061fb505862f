/// Measures alternatives to Postern, row by row: `--list`, or ROW SAMPLES LOOPS.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <random>
#include <string_view>

#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

constexpr int wrong_use = 2;
constexpr int skipped = 77;
constexpr const char *usage = "usage: bench_alternative --list | ROW SAMPLES LOOPS\n";

/// A yardstick is short: fewer calls than these would measure the clock.
constexpr uint64_t yardstick_loops = 200;

Rows all_rows() {
    Rows all;
    for (auto *some :
         {system_call_rows, emulation_rows, tracing_rows, notification_rows, ping_pong_rows,
          fault_rows, crash_rows, start_rows, memory_rows, heap_rows, lives_rows, inflate_rows,
          space_rows, load_rows}) {
        const Rows rows = some();
        all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
}

int list() {
    for (const auto &row : all_rows()) {
        std::printf("%s\tloop\t%s\t%s\n", row.name.c_str(), row.question.c_str(),
                    row.yardstick.c_str());
    }
    return 0;
}

/// Measures row and yardstick in turn, in an order that is random each time.
void measure(const Row &row, uint64_t samples, uint64_t loops) {
    const Measure take = row.prepare();
    const Measure take_yardstick = row.prepare_yardstick();
    const uint64_t second_loops =
        row.yardstick == "getppid" ? std::max(loops, yardstick_loops) : loops;
    std::minstd_rand chance{static_cast<uint32_t>(getpid())};
    take(1);
    take_yardstick(1);
    std::printf("row %s\n", row.name.c_str());
    for (uint64_t sample = 0; sample < samples; ++sample) {
        uint64_t first = 0;
        const bool row_first = (chance() & 0x100) != 0;
        if (row_first) {
            first = take(loops);
        }
        const double second = static_cast<double>(take_yardstick(second_loops));
        if (!row_first) {
            first = take(loops);
        }
        std::printf("%llu %.0f %llu\n", static_cast<unsigned long long>(first),
                    second * static_cast<double>(loops) / static_cast<double>(second_loops),
                    static_cast<unsigned long long>(loops));
    }
}

/// A whole number above zero, or 0.
uint64_t number(std::string_view word) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc{} && end == word.data() + word.size() ? value : 0;
}

int measure_named(std::string_view name, uint64_t samples, uint64_t loops) {
    if (samples == 0 || loops == 0) {
        std::fputs("bench_alternative: SAMPLES and LOOPS are whole numbers above zero\n", stderr);
        return wrong_use;
    }
    for (const auto &row : all_rows()) {
        if (row.name != name) {
            continue;
        }
        try {
            pin(home_processor());
            measure(row, samples, loops);
            return 0;
        } catch (const Skip &skip) {
            std::printf("skipped %s: %s\n", row.name.c_str(), skip.reason.c_str());
            return skipped;
        } catch (const Broken &broken) {
            std::fprintf(stderr, "bench_alternative: %s: %s\n", row.name.c_str(),
                         broken.what.c_str());
            return 1;
        }
    }
    std::fprintf(stderr, "bench_alternative: no row named '%s': see --list\n", name.data());
    return wrong_use;
}

} // namespace
} // namespace alternative

int main(int count, char **arguments) {
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    if (count == 2 && std::strcmp(arguments[1], "--list") == 0) {
        return alternative::list();
    }
    if (count == 4) {
        return alternative::measure_named(arguments[1], alternative::number(arguments[2]),
                                          alternative::number(arguments[3]));
    }
    std::fputs(alternative::usage, stderr);
    return alternative::wrong_use;
}
