/// The symbols that the linker script defines.
#pragma once

#include <set>
#include <string>

namespace linker::link {

/// The names to which it assigns, in the form that ours has them: NAME = VALUE. Throws
/// verify::Unreadable.
std::set<std::string> script_symbols(const std::string &file);

} // namespace linker::link
