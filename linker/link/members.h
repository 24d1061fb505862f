/// The library member that each section of a domain's object comes from.
#pragma once

#include <string>
#include <vector>

namespace linker::link {

struct Brought {
    std::string section;
    std::string member; // FILE or LIBRARY(MEMBER), without folders; empty if the linker made it
};

/// By index of the object's section, from the map of its link. Only for messages: the objects
/// choose the names in a map.
std::vector<Brought> members_of(const std::string &map);

} // namespace linker::link
