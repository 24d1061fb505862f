/// The parts of an image, as postern_add_app and its like were told.
#include "linker/link/parts.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "linker/verify/image.h"

namespace linker::link {
namespace {

/// Reads one line; false if it is not one of those that parts.h lists.
bool read_line(const std::string &line, Parts &parts) {
    std::istringstream words(line);
    std::string what;
    std::string name;
    words >> what;
    const auto rest = [&] {
        std::string text;
        std::getline(words >> std::ws, text);
        return text;
    };
    if (what == "folder") {
        parts.runs_in = rest();
    } else if (what == "runtime") {
        parts.runtime.push_back(rest());
    } else if (what == "support") {
        parts.support.push_back(rest());
    } else if (what == "data") {
        parts.data.insert(rest());
    } else if (what == "domain") {
        Domain domain{};
        words >> domain.number >> domain.name;
        parts.domains.push_back(domain);
    } else if (what == "library" || what == "without" || what == "has" || what == "heap") {
        words >> name;
        const auto domain =
            std::find_if(parts.domains.begin(), parts.domains.end(),
                         [&](const auto &candidate) { return candidate.name == name; });
        if (domain == parts.domains.end()) {
            return false;
        }
        if (what == "heap") {
            domain->has_heap = true;
        } else if (what == "has") {
            domain->data.insert(rest());
        } else {
            (what == "library" ? domain->libraries : domain->without).push_back(rest());
        }
    } else {
        return line.empty();
    }
    return true;
}

} // namespace

Parts Parts::from_folder(const std::string &folder) {
    const auto path = folder + "/parts.txt";
    std::ifstream file(path);
    if (!file) {
        throw verify::Unreadable(path + ": cannot be read: postern_add_app writes it");
    }
    Parts parts;
    parts.folder = folder;
    for (std::string line; std::getline(file, line);) {
        if (!read_line(line, parts)) {
            throw verify::Unreadable(path + ": `" + line + "` is not understood: configure again");
        }
    }
    if (parts.runs_in.empty()) {
        throw verify::Unreadable(path +
                                 ": does not say in which folder the linker runs: configure again");
    }
    return parts;
}

const Domain *Parts::with_number(unsigned number) const {
    const auto found = std::find_if(domains.begin(), domains.end(),
                                    [&](const auto &domain) { return domain.number == number; });
    return found == domains.end() ? nullptr : &*found;
}

std::string Parts::object_of(const Domain &domain) const {
    return folder + "/" + domain.name + domain_suffix;
}

std::string Parts::map_of(const Domain &domain) const {
    return folder + "/" + domain.name + ".map";
}

} // namespace linker::link
