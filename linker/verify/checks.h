/// The checks of an image, each with its name, and their findings.
#pragma once

#include <string>
#include <vector>

#include "linker/verify/image.h"

namespace linker::verify {

/// One thing that is wrong with an image.
struct Finding {
    Finding(std::string text) : what(std::move(text)) {}
    Finding(std::string text, uint64_t place, unsigned bytes, std::string todo)
        : what(std::move(text)), address(place), length(bytes), advice(std::move(todo)) {}

    std::string what;
    uint64_t address = 0; // of `length` executable bytes to show; 0 for none
    unsigned length = 0;
    std::string advice; // what to do; empty if only the linker script can be wrong
};

/// Input and output of the checks of one image. An image with findings is refused; notes do not
/// refuse it.
struct Report {
    /// Functions that may hold forbidden instructions; a final * matches anything. Only images of
    /// tests and measurements have any.
    std::vector<std::string> allowed;
    /// Whether a byte is in one of them.
    bool allows(const Image &image, uint64_t address) const;

    std::vector<Finding> findings;
    std::vector<std::string> notes;
};

/// One check; its test is image.NAME.
struct Check {
    const char *name;
    void (*run)(const Image &image, Report &report);
};

/// Segments and sections: what the kernel maps, and how.
std::vector<Check> segment_checks();
/// Bytes of the executable pages, at any offset: what a domain could jump to.
std::vector<Check> instruction_checks();
/// The region table, the guards, the pristine copies.
std::vector<Check> region_checks();
/// The table of sites that start-up patches.
std::vector<Check> alternatives_checks();

} // namespace linker::verify
