/// The checks of an image, each with the name of its test.
#pragma once

#include <string>
#include <vector>

#include "tests/image/image.h"

namespace image {

/// What a check has to say about one image: findings fail the test, notes do not.
struct Report {
    std::vector<std::string> findings;
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
/// What start-up patches, and the text as it leaves it.
std::vector<Check> patching_checks();
/// The region table, the guards, the pristine copies.
std::vector<Check> region_checks();
/// The exception table.
std::vector<Check> exception_table_checks();

} // namespace image
