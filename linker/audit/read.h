/// Reads what an image can do from its own tables, symbols and linker's map.
#pragma once

#include "linker/audit/facts.h"
#include "linker/verify/pass.h"

namespace linker::audit {

/// `result` is what the pass over the same image found. Throws verify::Unreadable where a table
/// leads out of the file.
Facts read(const verify::Image &image, const verify::Owners &owners, const verify::Result &result);

/// Lines of .cc, .h and .S files in `root`/crt and `root`/rt; not known where rt's sources are not
/// there, as in an installed package.
Lines count_lines(const std::string &root);

} // namespace linker::audit
