/// Whose code lies where: the linker's own map of an image, and the archives that are domains'.
#include "linker/verify/owners.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "linker/verify/image.h"

namespace linker::verify {
namespace {

/// "libzip.a" of "folder/libzip.a(inflate.o)"; "" where the object is in no archive.
std::string archive_of(const std::string &object) {
    const auto end = object.rfind(".a(");
    if (end == object.npos) {
        return "";
    }
    const auto slash = object.rfind('/', end);
    const auto begin = slash == object.npos ? 0 : slash + 1;
    return object.substr(begin, end + 2 - begin);
}

std::map<std::string, std::string> read_archives(const std::string &path) {
    std::map<std::string, std::string> domains;
    std::ifstream file(path);
    if (!file) {
        throw Unreadable(path + ": cannot be read: postern_add_app writes it");
    }
    for (std::string line; std::getline(file, line);) {
        if (const auto space = line.find(' '); space != line.npos) {
            domains[line.substr(space + 1)] = line.substr(0, space);
        }
    }
    return domains;
}

std::string owner_of(const std::string &object, const std::map<std::string, std::string> &domains) {
    const auto archive = archive_of(object);
    if (const auto domain = domains.find(archive); domain != domains.end()) {
        return domain->second;
    }
    const bool is_runtime = archive == "libpostern_rt.a" || archive == "libpostern_crt.a";
    return is_runtime ? runtime_owner : administrator_owner;
}

} // namespace

Owners Owners::from_files(const std::string &map, const std::string &archives) {
    const auto domains = read_archives(archives);
    std::ifstream file(map);
    if (!file) {
        throw Unreadable(map + ": cannot be read: the linker writes it, by -Map");
    }
    Owners owners;
    // VMA LMA SIZE ALIGN and OBJECT:(SECTION), the numbers but the last in hex.
    for (std::string line; std::getline(file, line);) {
        const auto section = line.rfind(":(");
        // Behind two colons a parenthesis opens a symbol's anonymous namespace, not a section's
        // name.
        if (section == line.npos || section == 0 || line[section - 1] == ':' ||
            line.back() != ')') {
            continue;
        }
        std::istringstream words(line.substr(0, section));
        uint64_t begin = 0;
        uint64_t load = 0;
        uint64_t size = 0;
        std::string align;
        std::string object;
        if (words >> std::hex >> begin >> load >> size >> align &&
            std::getline(words >> std::ws, object) && size != 0 && object != "<internal>") {
            owners.contributions_.push_back(
                {begin, begin + size, object, owner_of(object, domains)});
        }
    }
    if (owners.contributions_.empty()) {
        throw Unreadable(map + ": names no object: it is no map of lld's");
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

std::string Owners::owner_at(uint64_t address) const {
    const auto *part = at(address);
    return empty() ? "image" : part == nullptr ? fill_owner : part->owner;
}

} // namespace linker::verify
