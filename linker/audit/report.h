/// The files of an audit, and the judgement of an app's policy.
#pragma once

#include <string>

#include "linker/verify/pass.h"

namespace linker::audit {

struct Wanted {
    std::string folder; // where audit.json, audit.txt, authority.txt and map.svg go; "" for nowhere
    std::string policy; // a file of assertions; "" for none
    std::string
        sources; // the root of crt and rt, to count their lines; "" where they are not there

    bool anything() const { return !folder.empty() || !policy.empty(); }
};

/// Whether all assertions hold; prints those that do not, one line each. Throws verify::Unreadable
/// where a file cannot be read or written, or a table of the image leads nowhere.
bool report(const verify::Image &image, const verify::Owners &owners, const verify::Result &result,
            const Wanted &wanted);

} // namespace linker::audit
