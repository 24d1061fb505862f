/// A domain's objects and libraries, linked into one object by themselves.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "linker/link/object.h"
#include "linker/link/others.h"
#include "linker/link/parts.h"

namespace linker::link {

/// Of a name that a domain's object leaves undefined: where its code or data refers to it.
struct Wanted {
    bool is_weak = false;  // it does without, if nobody defines it
    std::vector<Use> uses; // in what the linker keeps
};

class Prelinked {
public:
    /// What the sources call of the domain, `entries`, and what that needs of its libraries. Throws
    /// verify::Unreadable, behind the linker's own words, where that cannot be linked.
    Prelinked(const Parts &parts, const Domain &domain, const std::string &linker,
              const std::set<std::string> &entries);

    const Domain &domain() const { return *domain_; }
    const Object &object() const { return *object_; }
    const std::map<std::string, Wanted> &wanted() const { return wanted_; }
    /// The symbol by which others could refer to a definition; nullptr where there is none.
    const ObjectSymbol *definition(const std::string &name) const;
    const std::map<std::string, const ObjectSymbol *> &definitions() const { return definitions_; }

private:
    void read_wanted(const std::set<std::string> &entries, const std::string &map);

    const Domain *domain_;
    std::unique_ptr<std::string> bytes_;
    std::unique_ptr<Object> object_;
    std::map<std::string, const ObjectSymbol *> definitions_;
    std::map<std::string, Wanted> wanted_;
};

} // namespace linker::link
