/// The names that runtime, app and linker script define, and their uses of functions and variables
/// of domains.
#include "linker/link/others.h"

#include <filesystem>

#include "linker/link/archive.h"
#include "linker/link/places.h"
#include "linker/link/script.h"
#include "linker/verify/image.h"
#include "linker/verify/inputs.h"
#include "rt/entry/entry_record.h"
#include "rt/entry/word.h"

namespace linker::link {
namespace {

using Row = rt::entry::EntryRecord<void()>;
constexpr const char *entries_section = ".postern.entries";

bool is_row(const Relocation &relocation) {
    return relocation.offset % sizeof(Row) == offsetof(Row, function);
}

/// The rows of one object; each is bound to its function by a relocation.
void read_rows(const Object &object, Others &others) {
    for (const auto &relocation : object.relocations()) {
        const auto &section = object.sections()[relocation.section];
        if (section.name != entries_section || !is_row(relocation)) {
            continue;
        }
        const auto &symbol = object.symbols()[relocation.symbol];
        const auto number = object.read<uint32_t>(section.header.sh_offset + relocation.offset +
                                               offsetof(Row, domain));
        if (!symbol.is_local()) {
            others.entries[number].insert(symbol.name);
        }
    }
}

void read_names(const Object &object, const std::string &owner, Others &others) {
    for (const auto &symbol : object.symbols()) {
        if (!symbol.is_local() && !symbol.is_undefined()) {
            const auto *section = object.section_of(symbol);
            others.definitions[symbol.name].insert(section == nullptr ? "" : section->name);
        }
    }
    const Places places(object);
    for (const auto &relocation : object.relocations()) {
        const auto &symbol = object.symbols()[relocation.symbol];
        const auto &section = object.sections()[relocation.section];
        if (symbol.is_undefined() && !symbol.name.empty() &&
            !(section.name == entries_section && is_row(relocation))) {
            others.uses[symbol.name].push_back({owner, object.name(), section.name,
                                                places.at(relocation.section, relocation.offset),
                                                symbol.is_weak()});
        }
    }
}

} // namespace

bool runs_in_domain(const std::string &section) {
    return section == RT_SECTION_IN_DOMAIN;
}

Others read_others(const Command &command, const Parts &parts) {
    std::set<std::filesystem::path> runtime;
    for (const auto &path : parts.runtime) {
        runtime.insert(std::filesystem::canonical(path));
    }
    Others others;
    others.definitions["_GLOBAL_OFFSET_TABLE_"].insert(""); // the linker's own
    for (const auto &name : script_symbols(command.script)) {
        others.definitions[name].insert("");
    }
    for (const auto &file : command.inputs) {
        if (file.ends_with(domain_suffix)) {
            throw verify::Unreadable(file + ": objects that end with " + domain_suffix +
                                     " are made by linker/link for domains: rename the file");
        }
        const Archive archive(file);
        const auto *owner = runtime.contains(std::filesystem::canonical(file))
                                ? verify::runtime_owner
                                : verify::app_owner;
        for (const auto &member : archive.members()) {
            const Object object(member.bytes, member.name);
            read_rows(object, others);
            read_names(object, owner, others);
        }
    }
    return others;
}

} // namespace linker::link
