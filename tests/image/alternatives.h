/// The table of sites that start-up patches, as the file has it.
#pragma once

#include <string>
#include <vector>

#include "rt/patch/features.h"
#include "tests/image/image.h"

namespace image {

/// One row with its addresses.
struct Alternative {
    uint64_t site;
    uint64_t bytes; // where the replacement is
    unsigned length;
    unsigned count;
    rt::patch::Feature feature;

    uint64_t end() const { return site + length; }
};

/// The rows in the order of the file; throws Unreadable where the table is no table.
std::vector<Alternative> alternatives_of(const Image &image);

/// "wipe_avx"; empty for a number that no feature has.
std::string name_of(rt::patch::Feature feature);

/// The bytes of the image as start-up leaves them where `features` hold.
Bytes patched(const Image &image, rt::patch::Features features);

/// Features by their names, separated by commas; throws Unreadable for an unknown one.
rt::patch::Features features_named(const std::string &names);

/// Prints the table, a row a line: 0xADDRESS FUNCTION+0xOFFSET/0xLENGTH FEATURE
/// nops|FUNCTION+0xOFFSET, the last word being what is jumped to.
void print_sites(const Image &image);

} // namespace image
