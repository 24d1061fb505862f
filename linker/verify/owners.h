/// Whose code lies where: the linker's own map of an image, and whose archive is whose.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

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

/// Read from the folder that inputs_of() reads, from image.map there, which lld writes by -Map, and
/// from borrowers.txt, which postern_add_data writes: `DOMAIN DATA` for each data domain that may
/// be lent to a domain. Empty where an image is judged without them: then every byte is the
/// image's.
class Owners {
public:
    Owners() = default;
    /// Throws Unreadable.
    static Owners from_folder(const std::string &folder);

    bool empty() const { return contributions_.empty(); }
    const std::vector<Contribution> &contributions() const { return contributions_; }
    const std::vector<Input> &inputs() const { return inputs_; }
    /// The contribution that holds an address; nullptr where the linker has filled.
    const Contribution *at(uint64_t address) const;
    /// Whose byte it is: a domain's, the runtime's, the administrator's, or fill.
    std::string owner_at(uint64_t address) const;
    /// Whether a data domain may be lent to a domain.
    bool borrows(const std::string &domain, const std::string &data) const {
        return loans_.contains({domain, data});
    }
    /// Whether an owner is a domain.
    static bool is_domain(const std::string &owner);

private:
    std::vector<Contribution> contributions_; // by address
    std::vector<Input> inputs_;
    std::set<std::pair<std::string, std::string>> loans_; // domain, data
};

} // namespace linker::verify
