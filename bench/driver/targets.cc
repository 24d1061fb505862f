/// What Postern wants to cost, and what it did in this run. bench/README.md has the same table.
#include "bench/driver/targets.h"

#include <algorithm>
#include <array>

#include "bench/driver/figures.h"
#include "bench/driver/layout.h"

namespace driver {

namespace {

/// `row` in units of `unit`: a yardstick, or another row by its full name. `floor` is another row
/// in the same unit: what processor and kernel ask for alone.
struct Target {
    const char *what;
    const char *limit; // as a person reads it
    const char *row;
    const char *unit;
    const char *floor;
    double value;
    enum class Sense { at_most, at_least, adds_at_most } sense = Sense::at_most;
};
using Sense = Target::Sense;

constexpr std::array targets{
    Target{"call, trusting", "u", "payload/call_trusting", "u", "payload/floor_trusting", 1.55},
    Target{"call, distrusting", "u", "payload/call_distrusting", "u", "payload/floor_distrusting",
           1.85},
    Target{"domain to domain, distrusting", "u", "payload/domain_to_domain", "u",
           "payload/floor_domain_to_domain", 3.2},
    Target{"nested gate, 32 deep", "a flat call", "payload/nested_32", "payload/nested_1", "",
           1.00},
    Target{"call amid 200 multiplications, added", "the call alone",
           "payload/work_and_call_distrusting", "payload/call_distrusting", "", 1.05,
           Sense::adds_at_most},
    Target{"mediated system call", "getppid", "payload/mediated_getppid", "getppid",
           "payload/getppid_selector_open", 1.60},
    Target{"a domain's own system call, refused", "getppid", "payload/fault_syscall", "getppid",
           "alternative/sigsys_jump", 9},
    Target{"a domain's own system call, performed", "getppid", "payload/performed_syscall",
           "getppid", "alternative/sigsys_sigreturn", 14},
    Target{"fault to caller", "the bare route", "payload/fault", "bare route, null write", "",
           1.20},
    Target{"fork, crash and wait", "fault to caller", "alternative/fork_crash_wait",
           "payload/fault", "", 60, Sense::at_least},
    Target{"start-up with 13 domains", "static glibc hello", "alternative/start_postern_thirteen",
           "alternative/start_glibc_hello", "", 0.70},
    Target{"start-up with 13 domains", "bare exit", "alternative/start_postern_thirteen",
           "bare exit", "alternative/start_bare_hello", 2.3},
    Target{"checked copy of 4 KiB, copying alone", "rep movsb", "payload/copy_in_open_window_4096",
           "rep movsb of 4096", "", 1.11},
    Target{"checked copy of 64 bytes, added to rep movsb", "u", "payload/copy_from_domain_64", "u",
           "payload/floor_copy_64", 1.23, Sense::adds_at_most},
    Target{"checked copy of 64 KiB", "rep movsb", "payload/copy_from_domain_65536",
           "rep movsb of 65536", "payload/floor_copy_65536", 1.11},
};

/// Cycles of the unit in the repetition `index`, if that was quiet.
std::optional<double> unit_cycles(const Session &session, const std::string &unit,
                                  std::size_t index) {
    const auto *below = session.find(unit);
    if (below == nullptr) {
        return cycles_of(session, unit);
    }
    if (index >= below->repetitions.size() || below->repetitions[index].noisy) {
        return {};
    }
    return below->repetitions[index].median;
}

/// The ratio of each quiet repetition: by its own second column where that is the unit.
std::vector<double> ratios(const Session &session, const std::string &row, const std::string &unit,
                           bool of_added) {
    const auto *above = session.find(row);
    std::vector<double> values;
    for (std::size_t index = 0; above != nullptr && index < above->repetitions.size(); ++index) {
        const auto &repetition = above->repetitions[index];
        const auto below = unit_cycles(session, unit, index);
        if (repetition.noisy) {
            continue;
        }
        if (above->row.yardstick == unit) {
            values.push_back(repetition.ratio);
        } else if (below && *below > 0) {
            values.push_back((of_added ? repetition.difference : repetition.median) / *below);
        }
    }
    return values;
}

std::string with_unit(double value, const Target &target) {
    const std::string unit = target.limit;
    return shown(value) + (unit == "u" ? " u" : " x " + unit);
}

/// Why a target has no figure.
std::string reason(const Session &session, const Target &target) {
    for (const char *name : {target.row, target.unit}) {
        const auto *measured = session.find(name);
        if (measured != nullptr && !measured->absent.empty()) {
            return measured->row.row + " not measured: " + measured->absent;
        }
        if (measured != nullptr && !measured->failed.empty()) {
            return measured->row.row + " failed";
        }
    }
    return session.find(target.row) == nullptr ? "not among the rows of this run"
                                               : "no quiet repetition";
}

Cells line_of(const Session &session, const Target &target) {
    const bool at_least = target.sense == Sense::at_least;
    const bool of_added = target.sense == Sense::adds_at_most;
    const auto floor = ratios(session, target.floor, target.unit, of_added);
    const auto values = ratios(session, target.row, target.unit, of_added);
    Cells line{target.what, (at_least ? ">= " : "<= ") + with_unit(target.value, target),
               floor.empty() ? "-" : shown(median(floor))};
    if (values.empty()) {
        line.insert(line.end(), {"-", "", reason(session, target)});
        return line;
    }
    const double value = median(values);
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const bool met = at_least ? value >= target.value : value <= target.value;
    const auto count = static_cast<unsigned>(values.size());
    const std::string few = count < session.repetitions_wanted()
                                ? ", of " + std::to_string(count) + " quiet repetitions"
                                : "";
    line.insert(line.end(), {shown(value), shown(*most - *least), (met ? "met" : "missed") + few});
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
