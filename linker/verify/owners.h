/// The owner of each byte, by the linker's own map of an image and by the owners of its inputs.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "linker/link/parts.h"
#include "linker/verify/inputs.h"

namespace linker::verify {

/// The part of a section that comes from one object.
struct Contribution {
    uint64_t begin;
    uint64_t end;
    std::string object;  // as given to the linker: file.obj, or archive(member)
    std::string section; // its name in the object
    std::string owner;
};

constexpr const char *fill_owner = "fill";
/// The map's name for the object of sections that the linker merged from several.
constexpr const char *merged_object = "<internal>";

/// Read from the folder that inputs_of() reads, and from image.map there, which lld writes by -Map.
/// Empty if an image is verified without them; then no owner is known.
class Owners {
public:
    Owners() = default;
    /// Throws Unreadable.
    static Owners from_folder(const std::string &folder);

    bool empty() const { return contributions_.empty(); }
    const std::vector<Contribution> &contributions() const { return contributions_; }
    /// The contribution that holds an address; nullptr for padding of the linker.
    const Contribution *at(uint64_t address) const;
    /// The owner of a byte: a domain, the runtime, the app, or fill.
    std::string owner_at(uint64_t address) const;
    /// Whether a domain has a data domain, always or lent.
    bool has(const std::string &domain, const std::string &data) const;
    /// The symbols that the linker script defines; they are in no object.
    const std::set<std::string> &script_symbols() const { return script_symbols_; }
    /// The domain with that key; empty if there is none.
    std::string name_of(unsigned number) const;
    /// Whether a domain has SOURCES or LIBRARIES. One without may run functions that belong to
    /// others.
    bool has_code(unsigned number) const;
    /// The file, or library(member), of a contribution, without folders; for messages.
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
