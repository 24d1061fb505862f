/// Assertions about an image's authority, which an app's policy file makes one a line.
#pragma once

#include <string>
#include <vector>

#include "linker/audit/facts.h"

namespace linker::audit {

/// What is the case instead of an assertion ("parser is granted write"), or "" where it holds. A
/// line that is no assertion, or names what the image does not have, does not hold either.
std::string against(const Facts &facts, const std::string &assertion);

/// The lines of a policy that do not hold: "FILE:3: ...". Empty lines and those that begin with #
/// are no assertions. Throws verify::Unreadable where the file cannot be read, or asserts nothing.
std::vector<std::string> failures(const Facts &facts, const std::string &path);

} // namespace linker::audit
