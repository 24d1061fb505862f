/// The symbols that the linker script defines.
#pragma once

#include <set>
#include <string>

namespace linker::link {

/// The names that a script assigns in the form NAME = VALUE, the only form in ours. Throws
/// verify::Unreadable.
std::set<std::string> script_symbols(const std::string &file);

} // namespace linker::link
