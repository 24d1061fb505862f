/// Makes the names of an object its own.
#pragma once

#include <set>
#include <string>

#include "linker/link/object.h"

namespace linker::link {

/// The object with all its definitions local but for `kept`, so that nothing else of it can stand
/// in anybody's place, nor can anybody's definition in its own. Beside that:
/// - no group is one of many of a name (COMDAT), of which the linker would keep another's;
/// - no section is merged with others';
/// - sections are called after their number where the linker script does not ask for more, and no
///   name has a control character: names then say nothing that a map of the linker's could not
///   bear.
/// Throws verify::Unreadable.
std::string with_own_names(const Object &object, const std::set<std::string> &kept);

} // namespace linker::link
