/// One pass over an image: all reasons to refuse it, and all that the audit counts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "linker/verify/checks.h"
#include "linker/verify/encodings.h"
#include "linker/verify/owners.h"

namespace linker::verify {

/// A listed site: an instruction that changes a view or a base. It is in a function of the runtime,
/// or in one that an image of tests or measurements allows.
struct FoundSite {
    std::string function;
    uint64_t offset; // in it
    const Encoding *encoding;
};

/// The result of the pass. An image with findings is refused; the rest describes it.
struct Result {
    std::vector<Finding> findings;
    std::vector<FoundSite> sites;
    /// The number of offsets of each mediated and noted encoding, by owner and name.
    std::map<std::string, std::map<std::string_view, uint64_t>> counts;
    uint64_t text_bytes = 0; // executable bytes, fill included
};

/// Never throws: a header that points outside of the file is a finding.
Result pass(const Image &image, const Owners &owners, const std::vector<std::string> &allowed);

} // namespace linker::verify
