/// The sections of an object that the linker keeps: it drops those that nothing refers to
/// (--gc-sections).
#include "linker/link/live.h"

#include <map>

namespace linker::link {

std::vector<bool> live_sections(const Object &object, const std::set<std::string> &names) {
    const auto &sections = object.sections();
    std::vector<bool> live(sections.size());
    std::vector<std::size_t> found;
    const auto reach = [&](std::size_t section) {
        if (section < live.size() && !live[section]) {
            live[section] = true;
            found.push_back(section);
        }
    };
    for (const auto &symbol : object.symbols()) {
        if (!symbol.is_local() && names.contains(symbol.name)) {
            reach(symbol.symbol.st_shndx);
        }
    }
    for (std::size_t index = 0; index < sections.size(); ++index) {
        if ((sections[index].header.sh_flags & flag_retain) != 0) {
            reach(index);
        }
    }
    std::multimap<std::size_t, std::size_t> targets;
    for (const auto &relocation : object.relocations()) {
        targets.emplace(relocation.section, object.symbols()[relocation.symbol].symbol.st_shndx);
    }
    while (!found.empty()) {
        const auto [first, last] = targets.equal_range(found.back());
        found.pop_back();
        for (auto target = first; target != last; ++target) {
            reach(target->second);
        }
    }
    return live;
}

} // namespace linker::link
