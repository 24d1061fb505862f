/// Which member of a library brought a section of a domain's object.
#pragma once

#include <string>
#include <vector>

namespace linker::link {

struct Brought {
    std::string section;
    std::string member; // FILE or LIBRARY(MEMBER), without folders; empty where the linker made it
};

/// By index of the object's section, from the map of its link. For messages alone: names in a map
/// are the objects' own choice.
std::vector<Brought> members_of(const std::string &map);

} // namespace linker::link
