/// Checks which names each part of an image takes from another part.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "linker/link/prelink.h"

namespace linker::link {

/// The names of domains that the image's link will see, and the reasons why it must not begin.
struct Resolution {
    std::vector<std::set<std::string>> kept; // by domain, the names that stay global
    std::vector<std::string> findings;
};

/// - A domain's names are its own, except functions that entries name and variables of data
///   domains.
/// - An undefined name of a domain is taken from the runtime, the app, the linker script or a data
///   domain that it has. It is never taken from another domain.
/// - The app takes a domain's function only by a row of the table of entries.
Resolution resolve(const Parts &parts, const Others &others, const std::vector<Prelinked> &domains);

} // namespace linker::link
