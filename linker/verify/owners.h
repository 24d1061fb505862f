/// Whose code lies where: the linker's own map of an image, and whose archive is whose.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "linker/link/parts.h"
#include "linker/verify/inputs.h"

namespace linker::verify {

/// Part of a section as one object brought it.
struct Contribution {
    uint64_t begin;
    uint64_t end;
    std::string object;  // as given to the linker: file.obj, or archive(member)
    std::string section; // as the object calls it
    std::string owner;
};

constexpr const char *fill_owner = "fill";
/// What the map calls sections that the linker made of several.
constexpr const char *merged_object = "<internal>";

/// Read from the folder that inputs_of() reads, and from image.map there, which lld writes by -Map.
/// Empty where an image is verified without them: then every byte is the image's.
class Owners {
public:
    Owners() = default;
    /// Throws Unreadable.
    static Owners from_folder(const std::string &folder);

    bool empty() const { return contributions_.empty(); }
    const std::vector<Contribution> &contributions() const { return contributions_; }
    /// The contribution that holds an address; nullptr where the linker has filled.
    const Contribution *at(uint64_t address) const;
    /// Whose byte it is: a domain's, the runtime's, the app's, or fill.
    std::string owner_at(uint64_t address) const;
    /// Whether a domain has a data domain, always or lent.
    bool has(const std::string &domain, const std::string &data) const;
    /// What the linker script defines, nobody's object.
    const std::set<std::string> &script_symbols() const { return script_symbols_; }
    /// The domain with that key; empty where there is none.
    std::string name_of(unsigned key) const;
    /// Whether a domain has SOURCES or LIBRARIES; one without may be given functions of others to run.
    bool has_code(unsigned key) const;
    /// The file, or library(member), that brought it, without folders, for messages.
    std::string member(const Contribution &part) const;
    /// Whether an owner is a domain.
    static bool is_domain(const std::string &owner);

private:
    std::vector<Contribution> contributions_; // by address
    std::vector<Input> inputs_;
    link::Parts parts_;
    std::set<std::string> script_symbols_;
};

} // namespace linker::verify
