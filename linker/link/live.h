/// What of an object the linker keeps: it drops sections that nothing leads to (--gc-sections).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "linker/link/object.h"

namespace linker::link {

/// By section, whether the definitions of these names lead to it, or the object itself says that it
/// stays. Never more than what the linker keeps.
std::vector<bool> live_sections(const Object &object, const std::set<std::string> &names);

} // namespace linker::link
