/// Writes the files of an audit, and checks an app's policy.
#pragma once

#include <string>

#include "linker/verify/pass.h"

namespace linker::audit {

struct Wanted {
    std::string folder;  // folder for audit.json, audit.txt, authority.txt and map.svg; "" for none
    std::string policy;  // a file of assertions; "" for none
    std::string sources; // the folder of crt and rt, to count their lines; "" if they are not there

    bool anything() const { return !folder.empty() || !policy.empty(); }
};

/// Whether all assertions hold; prints those that do not, one line each. Throws verify::Unreadable
/// if a file cannot be read or written, or a table of the image leads out of it.
bool report(const verify::Image &image, const verify::Owners &owners, const verify::Result &result,
            const Wanted &wanted);

} // namespace linker::audit
