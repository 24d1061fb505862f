/// The names that runtime, app and linker script define, and their uses of functions and variables
/// of domains.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "linker/link/command.h"
#include "linker/link/object.h"
#include "linker/link/parts.h"

namespace linker::link {

/// One use of a name that an object leaves undefined.
struct Use {
    std::string owner; // the runtime, the app or a domain
    std::string object;
    std::string section;
    std::string function; // the function or variable whose bytes refer to it, if any
    bool is_weak;         // the name may stay undefined
};

struct Others {
    /// By name, the sections that define it.
    std::map<std::string, std::set<std::string>> definitions;
    /// By name, its uses in loaded bytes.
    std::map<std::string, std::vector<Use>> uses;
    /// By number of the domain, the functions that the app's sources call through gates, by rt::Entry and
    /// rt::CrossCall. They are rows of the table of entries (rt/entry/entry_record.h).
    std::map<unsigned, std::set<std::string>> entries;

    bool define(const std::string &name) const { return definitions.contains(name); }
    bool is_entry(unsigned number, const std::string &name) const {
        const auto rows = entries.find(number);
        return rows != entries.end() && rows->second.contains(name);
    }
};

/// Reads all inputs of the linker, none of which is a domain's. Throws verify::Unreadable.
Others read_others(const Command &command, const Parts &parts);

/// Whether code of the app's in this section runs in a domain, and may call its
/// functions (rt/entry/word.h).
bool runs_in_domain(const std::string &section);

} // namespace linker::link
