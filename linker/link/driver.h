/// Runs the compiler that runs this tool as its linker, and ends its output with a line of ours.
#pragma once

#include <string>
#include <vector>

namespace linker::link {

/// The first word of such a command line; the compiler's own follows.
constexpr const char *driver_word = "--postern-driver";

/// Runs a compiler's command line and returns its exit status. Passes on its standard error without
/// the advice to run the linker by hand. If it fails, the last line says that the image is not
/// linked.
int run_driver(const std::vector<std::string> &words);

} // namespace linker::link
