/// Links a domain's objects and libraries into one object by themselves.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "linker/link/object.h"
#include "linker/link/others.h"
#include "linker/link/parts.h"

namespace linker::link {

/// The function that is called in place of a weak one that nobody defines (crt/library/nobodys.cc).
constexpr const char *nobodys_function = "postern_nobodys_function";

/// A name that a domain's object leaves undefined, and its uses in code and data.
struct Wanted {
    bool is_weak = false;  // it may stay undefined
    std::vector<Use> uses; // in sections that the linker keeps
};

class Prelinked {
public:
    /// Links `entries`, the functions that the sources call, and all that they need of the domain's
    /// libraries. If that cannot be linked, the linker prints its reasons, and verify::Unreadable
    /// is thrown.
    Prelinked(const Parts &parts, const Domain &domain, const std::string &linker,
              const std::set<std::string> &entries);

    const Domain &domain() const { return *domain_; }
    const Object &object() const { return *object_; }
    const std::map<std::string, Wanted> &wanted() const { return wanted_; }
    /// The symbol by which others could refer to a definition; nullptr if there is none.
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
