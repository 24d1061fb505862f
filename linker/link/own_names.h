/// Makes the names of an object its own.
#pragma once

#include <set>
#include <string>

#include "linker/link/object.h"

namespace linker::link {

/// The object with all its definitions local except `kept`. Other code cannot resolve to a local
/// definition, and no definition elsewhere can replace one. Also:
/// - no group is a COMDAT group, of which the linker might keep the one of another object;
/// - no section is merged with those of others;
/// - sections are named after their number unless the linker script needs the name, and no name has
///   a control character: so names cannot forge lines of the linker's map;
/// - calls of `nobodys`, weak functions that nobody defines, go to nobodys_function. Their address
///   stays 0, which is out of a call's reach.
/// Throws verify::Unreadable.
std::string with_own_names(const Object &object, const std::set<std::string> &kept,
                           const std::set<std::string> &nobodys);

} // namespace linker::link
