/// The groups of C functions that a domain may be without.
#pragma once

#include <string>

namespace linker::link {

/// The group of a name (crt/library/without.inc); empty if it is in none.
std::string group_of(const std::string &name);

} // namespace linker::link
