/// Checks the assertions of an app's policy file, one a line, against an image's authority.
#pragma once

#include <string>
#include <vector>

#include "linker/audit/facts.h"

namespace linker::audit {

/// "" if an assertion holds; otherwise the fact against it ("parser has syscalls write"). A line
/// that is no assertion does not hold, nor does one with a name that the image does not have.
std::string against(const Facts &facts, const std::string &assertion);

/// The lines of a policy that do not hold: "FILE:3: ...". Empty lines and lines that begin with #
/// are skipped. Throws verify::Unreadable if the file cannot be read or has no assertion.
std::vector<std::string> failures(const Facts &facts, const std::string &path);

} // namespace linker::audit
