/// One pass over an image: everything that the link step refuses, and everything that an audit
/// counts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "linker/verify/checks.h"
#include "linker/verify/encodings.h"
#include "linker/verify/owners.h"

namespace linker::verify {

/// A listed site: an instruction that changes a view or a base, in a function of the runtime's, or
/// in one that an image of tests or measurements names.
struct FoundSite {
    std::string function;
    uint64_t offset; // in it
    const Encoding *encoding;
};

/// What the pass found. Findings refuse the image; the rest is what it holds.
struct Result {
    std::vector<Finding> findings;
    std::vector<FoundSite> sites;
    /// Mediated and noted encodings by owner and name: how many offsets each is encoded at.
    std::map<std::string, std::map<std::string_view, uint64_t>> counts;
    uint64_t text_bytes = 0; // executable ones, fill included
};

/// Never throws: a header that leads nowhere is a finding.
Result pass(const Image &image, const Owners &owners, const std::vector<std::string> &allowed);

} // namespace linker::verify
