/// Checks which names each part of an image takes from another part.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "linker/link/prelink.h"

namespace linker::link {

/// The names of domains that the image's link will see, and the reasons why it must not begin.
struct Resolution {
    std::vector<std::set<std::string>> kept; // by domain, the names that stay global
    std::vector<std::set<std::string>> nobodys; // by domain, weak names that nobody defines
    std::vector<std::string> findings;
    /// By the name of a domain, the groups of C functions that the findings are about and that it
    /// may be without (crt/library/without.inc).
    std::map<std::string, std::set<std::string>> without;
};

/// - A domain's names are its own, except functions that entries name and variables of data
///   domains.
/// - An undefined name of a domain is taken from the runtime, the app, the linker script or a data
///   domain that it has. It is never taken from another domain.
/// - The app takes a domain's function only by a row of the table of entries.
Resolution resolve(const Parts &parts, const Others &others, const std::vector<Prelinked> &domains);

} // namespace linker::link
