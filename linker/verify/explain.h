/// A finding in words: what, where, in whose source, by which bytes, and what to do.
#pragma once

#include <string>
#include <vector>

#include "linker/verify/checks.h"
#include "linker/verify/owners.h"

namespace linker::verify {

/// Source lines ("guest.cc:12") of addresses, by llvm-symbolizer where there is one; "" for each
/// that it does not know.
std::vector<std::string> source_lines(const std::string &path,
                                      const std::vector<uint64_t> &addresses);

/// One or two lines without the image's name, each indented but the first.
std::string explain(const Image &image, const Owners &owners, const Finding &finding,
                    const std::string &source_line);

} // namespace linker::verify
