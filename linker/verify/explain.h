/// A finding in words: the reason, the place, the source line and its owner, the bytes, and what to
/// do.
#pragma once

#include <string>
#include <vector>

#include "linker/verify/checks.h"
#include "linker/verify/owners.h"

namespace linker::verify {

/// Source lines ("guest.cc:12") of addresses, by llvm-symbolizer if it is installed; "" for each
/// that is unknown.
std::vector<std::string> source_lines(const std::string &path,
                                      const std::vector<uint64_t> &addresses);

/// One or two lines without the image's name; the second is indented.
std::string explain(const Image &image, const Owners &owners, const Finding &finding,
                    const std::string &source_line);

} // namespace linker::verify
