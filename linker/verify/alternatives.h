/// The table of sites that start-up patches, as the file has it, and its check.
#pragma once

#include <string>
#include <vector>

#include "linker/verify/checks.h"
#include "rt/patch/alternative.h"

namespace linker::verify {

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

/// The target of a row's jump, by the four bytes after the opcode of its replacement.
uint64_t target_of(const Image &image, const Alternative &row);

/// "wipe_avx"; empty for a number that no feature has.
std::string name_of(rt::patch::Feature feature);

} // namespace linker::verify
