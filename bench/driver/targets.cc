/// What Postern wants to cost, and what it did in this run. bench/README.md has the same table.
#include "bench/driver/targets.h"

#include <algorithm>
#include <array>

#include "bench/driver/figures.h"
#include "bench/driver/layout.h"

namespace driver {

namespace {

/// `row` in units of `unit`: a yardstick, or another row by its full name. The floor is another row
/// in the same unit: what hardware and kernel ask for alone.
struct Target {
    const char *what;
    const char *row;
    const char *unit;
    const char *floor;
    bool at_least;
    double limit;
};

constexpr std::array targets{
    Target{"call, trusting", "payload/call_trusting", "u", "payload/floor_trusting", false, 1.55},
    Target{"call, distrusting", "payload/call_distrusting", "u", "payload/floor_distrusting", false,
           1.85},
    Target{"domain to domain, distrusting", "payload/domain_to_domain", "u", "", false, 3.2},
    Target{"nested call, per level, against a flat one", "payload/nested_32",
           "payload/call_distrusting", "", false, 1.00},
    Target{"mediated system call", "payload/mediated_getppid", "getppid", "", false, 1.60},
    Target{"a domain's own system call, refused", "payload/fault_syscall", "getppid",
           "alternative/sigsys_jump", false, 9},
    Target{"fault to caller, against the bare route", "payload/fault", "alternative/fault_jump", "",
           false, 1.20},
    Target{"fork, crash and wait, against fault to caller", "alternative/fork_crash_wait",
           "payload/fault", "", true, 60},
    Target{"start-up, against static glibc", "alternative/start_postern_hello",
           "alternative/start_glibc_hello", "alternative/start_bare_hello", false, 0.70},
    Target{"start-up, against a bare exit", "alternative/start_postern_hello", "bare exit",
           "alternative/start_bare_hello", false, 2.3},
};

/// The ratio of each repetition: by its own second column, or of two rows' repetitions in order.
std::vector<double> ratios(const Session &session, const char *row, const std::string &unit) {
    const auto *above = session.find(row);
    const auto *below = session.find(unit);
    std::vector<double> values;
    for (std::size_t index = 0; above != nullptr && index < above->repetitions.size(); ++index) {
        const auto &repetition = above->repetitions[index];
        if (repetition.noisy) {
            continue;
        }
        if (above->row.yardstick == unit) {
            values.push_back(repetition.ratio);
        } else if (below == nullptr) {
            const auto cycles = cycles_of(session, unit);
            if (cycles) {
                values.push_back(repetition.median / *cycles);
            }
        } else if (index < below->repetitions.size() && !below->repetitions[index].noisy) {
            values.push_back(repetition.median / below->repetitions[index].median);
        }
    }
    return values;
}

std::string with_unit(double value, const std::string &unit) {
    return shown(value) + (unit == "u" ? " u" : "x");
}

Cells line_of(const Session &session, const Target &target) {
    const std::string unit = target.unit;
    Cells line{target.what, (target.at_least ? ">= " : "<= ") + with_unit(target.limit, unit) +
                                (unit == "u" ? "" : " " + unit.substr(unit.find('/') + 1))};
    const auto floor = ratios(session, target.floor, unit);
    line.push_back(floor.empty() ? "-" : with_unit(median(floor), unit));
    const auto values = ratios(session, target.row, unit);
    if (values.empty()) {
        line.insert(line.end(), {"-", "", "no quiet figure in this run"});
        const auto *measured = session.find(target.row);
        if (measured != nullptr && !measured->absent.empty()) {
            line.back() = measured->absent;
        }
        return line;
    }
    const double value = median(values);
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const bool met = target.at_least ? value >= target.limit : value <= target.limit;
    line.insert(
        line.end(),
        {with_unit(value, unit), with_unit(*most - *least, unit),
         std::string{met ? "met" : "missed"} +
             (values.size() < 3 ? ", from " + std::to_string(values.size()) + " run(s)" : "")});
    return line;
}

} // namespace

void print_targets(std::ostream &stream, const Session &session) {
    std::vector<Cells> lines;
    for (const auto &target : targets) {
        lines.push_back(line_of(session, target));
    }
    stream << "\n# Targets (measured: median of the quiet ones of " << session.repetitions_wanted()
           << " runs)\n";
    print_columns(stream, {"what", "target", "floor", "measured", "spread", "verdict"}, lines);
}

} // namespace driver
