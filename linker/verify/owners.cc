/// The owner of each byte, by the linker's own map of an image and by the owners of its inputs.
#include "linker/verify/owners.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

#include "linker/link/members.h"
#include "linker/link/script.h"
#include "linker/verify/image.h"

namespace linker::verify {
namespace {

/// Reads VMA LMA SIZE ALIGN, of which the first three are in hex, then eight blanks and
/// OBJECT:(SECTION); lines of symbols have sixteen blanks. Returns whether the line is one of an
/// object. A domain cannot forge a line: names of its sections and symbols hold no line end
/// (linker/link/own_names.h), and its object has a name of ours.
bool read_line(const std::string &line, Contribution &part) {
    constexpr std::string_view indent = "         ";
    std::istringstream words(line);
    uint64_t load = 0;
    uint64_t size = 0;
    uint64_t align = 0;
    std::string rest;
    if (!(words >> std::hex >> part.begin >> load >> size >> std::dec >> align) ||
        !std::getline(words, rest) || !rest.starts_with(indent) || rest.size() == indent.size() ||
        rest[indent.size()] == ' ') {
        return false;
    }
    const auto section = rest.find(":(");
    part.end = part.begin + size;
    part.object = rest.substr(indent.size(), section - indent.size());
    part.section =
        section == rest.npos ? "" : rest.substr(section + 2, rest.rfind(')') - section - 2);
    return section != rest.npos && size != 0;
}

} // namespace

Owners Owners::from_folder(const std::string &folder) {
    const std::string map = folder + "/image.map";
    std::ifstream file(map);
    if (!file) {
        throw Unreadable(map + ": cannot be read: the linker writes it, by -Map");
    }
    Owners owners;
    owners.inputs_ = inputs_of(folder);
    owners.script_symbols_ = link::script_symbols(folder + "/image.ld");
    owners.parts_ = link::Parts::from_folder(folder);
    Contribution part;
    for (std::string line; std::getline(file, line);) {
        if (read_line(line, part)) {
            part.owner = part.object == merged_object ? fill_owner
                                                      : input_of(part.object, owners.inputs_).owner;
            owners.contributions_.push_back(part);
        }
    }
    if (owners.contributions_.empty()) {
        throw Unreadable(map + ": contains no object entries: not an lld map file");
    }
    std::sort(owners.contributions_.begin(), owners.contributions_.end(),
              [](const auto &a, const auto &b) { return a.begin < b.begin; });
    return owners;
}

const Contribution *Owners::at(uint64_t address) const {
    auto next = std::upper_bound(contributions_.begin(), contributions_.end(), address,
                                 [](uint64_t at, const auto &part) { return at < part.begin; });
    if (next == contributions_.begin()) {
        return nullptr;
    }
    --next;
    return address < next->end ? &*next : nullptr;
}

bool Owners::is_domain(const std::string &owner) {
    return owner != runtime_owner && owner != app_owner && owner != fill_owner;
}

std::string Owners::owner_at(uint64_t address) const {
    const auto *part = at(address);
    return empty() ? "image" : part == nullptr ? fill_owner : part->owner;
}

bool Owners::has(const std::string &domain, const std::string &data) const {
    return std::any_of(parts_.domains.begin(), parts_.domains.end(), [&](const auto &part) {
        return part.name == domain && part.data.contains(data);
    });
}

std::string Owners::name_of(unsigned number) const {
    const auto *domain = parts_.with_number(number);
    return domain == nullptr ? "" : domain->name;
}

bool Owners::has_code(unsigned number) const {
    const auto *domain = parts_.with_number(number);
    return domain != nullptr && !domain->libraries.empty();
}

std::string Owners::member(const Contribution &part) const {
    for (const auto &domain : parts_.domains) {
        if (domain.name != part.owner) {
            continue;
        }
        // linker/link names its sections after their numbers, or leaves the name.
        const auto all = link::members_of(parts_.map_of(domain));
        const auto number =
            std::strtoul(part.section.substr(part.section.rfind('.') + 1).c_str(), nullptr, 10);
        const auto named = std::find_if(all.begin(), all.end(), [&](const auto &brought) {
            return brought.section == part.section;
        });
        if (number != 0 && number < all.size()) {
            return all[number].member;
        }
        if (named != all.end()) {
            return named->member;
        }
    }
    return part.object.substr(part.object.rfind('/') + 1);
}

} // namespace linker::verify
