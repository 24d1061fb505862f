/// The machine of the figures: processor, microcode, kernel, clock, compiler.
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

/// Asks the processor and the kernel. The record does not have the name of the host.
Machine read_machine();

} // namespace driver
