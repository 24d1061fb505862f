/// The checks of an image, each with its name, and what they have to say.
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
    uint64_t address = 0; // of executable bytes that are to be shown, `length` of them; 0 for none
    unsigned length = 0;
    std::string advice; // what to do; empty where the linker script is to be mended
};

/// What a check is told, and what it has to say about one image: findings refuse the image, notes
/// do not.
struct Report {
    /// Functions that may hold what is forbidden elsewhere; a final * stands for anything. Images
    /// of tests and measurements alone have some.
    std::vector<std::string> allowed;
    /// Whether a byte lies in one of them.
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

} // namespace linker::verify
