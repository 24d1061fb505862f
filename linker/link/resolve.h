/// Who may take what from whom, by name.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "linker/link/prelink.h"

namespace linker::link {

/// What the image's link will see of the domains, and why it must not begin.
struct Resolution {
    std::vector<std::set<std::string>> kept; // by domain, the names that stay global
    std::vector<std::string> findings;
};

/// - A domain's names are its own, but for functions that entries name, and variables of data
///   domains.
/// - What a domain leaves undefined it takes from the runtime, the app, the linker script
///   or a data domain that it has, and never from another domain.
/// - The app takes a domain's function by a row of the table of entries alone.
Resolution resolve(const Parts &parts, const Others &others, const std::vector<Prelinked> &domains);

} // namespace linker::link
