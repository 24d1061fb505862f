/// Whose code lies where: the linker's own map of an image, and whose archive is whose.
#include "linker/verify/owners.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string_view>

#include "linker/verify/image.h"

namespace linker::verify {
namespace {

/// VMA LMA SIZE ALIGN, the numbers but the last in hex, and behind eight blanks OBJECT:(SECTION);
/// symbols stand behind sixteen. Names of members, sections and symbols are the objects' own choice
/// and may hold anything, another archive's name and the end of a line included. Whether the line
/// is one of an object.
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

/// Two objects at one address: a name in one of them reads like a line of the map.
void check_overlap(const std::string &map, const std::vector<Contribution> &parts) {
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const bool is_loaded = parts[i - 1].begin >= POSTERN_BASE;
        if (is_loaded && parts[i].begin < parts[i - 1].end) {
            throw Unreadable(map + ": " + hex(parts[i].begin) + " is of " + parts[i - 1].object +
                             " and of " + parts[i].object +
                             ": a name in one of them reads like a line of the map; rename it");
        }
    }
}

/// Opens a file of the link's folder.
std::ifstream open(const std::string &path, const std::string &writer) {
    std::ifstream file(path);
    if (!file) {
        throw Unreadable(path + ": cannot be read: " + writer);
    }
    return file;
}

} // namespace

Owners Owners::from_folder(const std::string &folder) {
    const std::string map = folder + "/image.map";
    auto file = open(map, "the linker writes it, by -Map");
    Owners owners;
    owners.inputs_ = inputs_of(folder);
    Contribution part;
    for (std::string line; std::getline(file, line);) {
        if (read_line(line, part)) {
            part.owner = part.object == merged_object ? fill_owner
                                                      : input_of(part.object, owners.inputs_).owner;
            owners.contributions_.push_back(part);
        }
    }
    if (owners.contributions_.empty()) {
        throw Unreadable(map + ": names no object: it is no map of lld's");
    }
    std::sort(owners.contributions_.begin(), owners.contributions_.end(),
              [](const auto &a, const auto &b) { return a.begin < b.begin; });
    check_overlap(map, owners.contributions_);
    auto loans = open(folder + "/borrowers.txt", "postern_add_app writes it: configure anew");
    for (std::string domain, data; loans >> domain >> data;) {
        owners.loans_.emplace(domain, data);
    }
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
    return owner != runtime_owner && owner != administrator_owner && owner != fill_owner;
}

std::string Owners::owner_at(uint64_t address) const {
    const auto *part = at(address);
    return empty() ? "image" : part == nullptr ? fill_owner : part->owner;
}

} // namespace linker::verify
