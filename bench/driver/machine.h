/// What a figure belongs to: processor, microcode, kernel, clock, compiler.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace driver {

struct Machine {
    std::vector<std::pair<std::string, std::string>> record; // in the order of printing
    double ticks_per_second;
    bool has_protection_keys;
};

/// Asks the processor and the kernel; no name of the host is among it.
Machine read_machine();

} // namespace driver
