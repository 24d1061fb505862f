/// Reads an image's authority from its own tables, its symbols and the linker's map.
#pragma once

#include "linker/audit/facts.h"
#include "linker/verify/pass.h"

namespace linker::audit {

/// `result` is from the pass over the same image. Throws verify::Unreadable if a table leads out of
/// the file.
Facts read(const verify::Image &image, const verify::Owners &owners, const verify::Result &result);

/// Lines of .cc, .h and .S files in `root`/crt and `root`/rt. Unknown if rt's sources are not
/// there, as in an installed package.
Lines count_lines(const std::string &root);

} // namespace linker::audit
