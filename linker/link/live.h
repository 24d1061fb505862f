/// The sections of an object that the linker keeps: it drops those that nothing refers to
/// (--gc-sections).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "linker/link/object.h"

namespace linker::link {

/// By section, whether the definitions of these names refer to it, directly or not, or the object
/// marks it to be kept. The linker keeps at least these.
std::vector<bool> live_sections(const Object &object, const std::set<std::string> &names);

} // namespace linker::link
