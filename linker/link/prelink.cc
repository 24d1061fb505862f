/// Links a domain's objects and libraries into one object by themselves.
#include "linker/link/prelink.h"

#include "linker/link/archive.h"
#include "linker/link/live.h"
#include "linker/link/members.h"
#include "linker/link/places.h"
#include "linker/link/sound.h"
#include "linker/verify/image.h"

namespace linker::link {
namespace {

/// Refuses text, which the linker would take for a script, and bitcode: the linker would compile it
/// together with other bitcode of the image, and its optimiser moves constants across domains.
/// Returns the sum of alignment_of() over all members.
uint64_t check_library(const std::string &library, const Domain &domain) {
    const Archive archive(library);
    if (!archive.bitcode().empty()) {
        throw verify::Unreadable("domain " + domain.name + ": " + library +
                                 " holds LLVM bitcode (member " + archive.bitcode() +
                                 "), whose data the linker cannot keep apart: compile it with "
                                 "-fno-lto");
    }
    uint64_t alignment = 0;
    for (const auto &member : archive.members()) {
        const Object object(member.bytes, member.name);
        check_compressed(object);
        alignment += alignment_of(object);
    }
    return alignment;
}

/// --unique keeps sections of one name apart, so that the image's link can drop each section that
/// is not needed.
void link_alone(const Parts &parts, const Domain &domain, const std::string &linker,
                const std::set<std::string> &entries) {
    std::vector<std::string> words{linker,
                                   "-r",
                                   "--unique",
                                   "-m",
                                   "elf_x86_64",
                                   "--fatal-warnings",
                                   "-Map=" + parts.map_of(domain),
                                   "-o",
                                   parts.object_of(domain)};
    for (const auto &entry : entries) {
        words.push_back("--undefined=" + entry);
    }
    uint64_t alignment = 0;
    for (const auto &library : domain.libraries) {
        alignment += check_library(library, domain);
        words.push_back(library);
    }
    words.insert(words.end(), parts.support.begin(), parts.support.end());
    words.insert(words.end(), domain.without.begin(), domain.without.end());
    words.push_back(std::string("--undefined=") + nobodys_function);
    if (alignment > most_alignment) {
        throw verify::Unreadable("domain " + domain.name + ": its sections ask for " +
                                 std::to_string(alignment) +
                                 " bytes of alignment: align variables to 4096 bytes or less");
    }
    if (run(words) != 0) {
        throw verify::Unreadable("domain " + domain.name +
                                 ": its SOURCES and LIBRARIES cannot be "
                                 "linked by themselves: see the lines above");
    }
}

} // namespace

Prelinked::Prelinked(const Parts &parts, const Domain &domain, const std::string &linker,
                     const std::set<std::string> &entries)
    : domain_(&domain) {
    link_alone(parts, domain, linker, entries);
    bytes_ = std::make_unique<std::string>(bytes_of(parts.object_of(domain)));
    object_ = std::make_unique<Object>(*bytes_, file_name(parts.object_of(domain)));
    check_sound(*object_);
    for (const auto &symbol : object_->symbols()) {
        if (!symbol.is_local() && !symbol.is_undefined()) {
            definitions_[symbol.name] = &symbol;
        }
    }
    read_wanted(entries, parts.map_of(domain));
}

void Prelinked::read_wanted(const std::set<std::string> &entries, const std::string &map) {
    const auto live = live_sections(*object_, entries);
    const auto members = members_of(map);
    const Places places(*object_);
    for (const auto &relocation : object_->relocations()) {
        const auto &symbol = object_->symbols()[relocation.symbol];
        if (!symbol.is_undefined() || symbol.name.empty()) {
            continue;
        }
        auto &wanted = wanted_[symbol.name];
        wanted.is_weak = symbol.is_weak();
        const auto section = relocation.section;
        if (live[section]) {
            wanted.uses.push_back({domain_->name,
                                   section < members.size() ? members[section].member : "",
                                   object_->sections()[section].name,
                                   places.at(section, relocation.offset), symbol.is_weak()});
        }
    }
}

const ObjectSymbol *Prelinked::definition(const std::string &name) const {
    const auto found = definitions_.find(name);
    return found == definitions_.end() ? nullptr : found->second;
}

} // namespace linker::link
