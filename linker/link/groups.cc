/// The groups of C functions that a domain may be without.
#include "linker/link/groups.h"

#include <map>

#include "crt/library/without.inc"

namespace linker::link {
namespace {

std::map<std::string, std::string> read_groups() {
    std::map<std::string, std::string> groups;
    std::string group;
#define ROW(name) groups[#name] = group;
#define GROUP(name)                                                                                \
    group = #name;                                                                                 \
    WITHOUT_##name(ROW, ROW)
    WITHOUT_GROUPS(GROUP)
#undef GROUP
#undef ROW
    return groups;
}

} // namespace

std::string group_of(const std::string &name) {
    static const std::map<std::string, std::string> groups = read_groups();
    const auto found = groups.find(name);
    return found == groups.end() ? "" : found->second;
}

} // namespace linker::link
