/// The targets for costs, and the costs in this run.
#include "bench/driver/targets.h"

#include <algorithm>

#include "bench/driver/figures.h"
#include "bench/driver/layout.h"
#include "bench/driver/target_list.h"

namespace driver {

namespace {

using Sense = Target::Sense;

/// Cycles of the unit in repetition `index`, if that was quiet.
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

/// The ratio of each quiet repetition, by its own second column if that is the unit.
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

/// The reason why a target has no figure.
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
    Cells line{target.what, limit_of(target), floor.empty() ? "-" : shown(median(floor))};
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
    for (const auto &target : targets()) {
        lines.push_back(line_of(session, target));
    }
    stream << "\n# Targets (measured: median of the quiet ones of " << session.repetitions_wanted()
           << " runs)\n";
    print_columns(stream, {"what", "target", "floor", "measured", "spread", "verdict"}, lines);
}

} // namespace driver
