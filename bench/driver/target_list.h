/// The list of targets for costs. The page and the last table are made from it.
#pragma once

#include <span>
#include <string>

namespace driver {

/// `row` is measured in units of `unit`: a yardstick, the full name of another row, or `us`, a
/// microsecond.
/// `floor` is another row in the same unit: the cost of processor and kernel alone.
struct Target {
    const char *what;
    const char *limit; // as text
    const char *row;
    const char *unit;
    const char *floor;
    double value;
    enum class Sense { at_most, at_least, adds_at_most } sense = Sense::at_most;
};

/// All of them, in the order of the table.
std::span<const Target> targets();

/// The target as text: `<= 1.55 u`.
std::string limit_of(const Target &target);

} // namespace driver
