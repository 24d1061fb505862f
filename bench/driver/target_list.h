/// What Postern wants to cost: the list of targets. The page and the last table are made of it.
#pragma once

#include <span>
#include <string>

namespace driver {

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

/// All of them, in the order of the table.
std::span<const Target> targets();

/// The target as a person reads it: `<= 1.55 u`.
std::string limit_of(const Target &target);

} // namespace driver
