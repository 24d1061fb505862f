/// What an object must not bring because it is not its own: code among the gates, rows of the
/// runtime's tables, definitions in place of the runtime's or another domain's.
#include "linker/verify/foreign.h"

#include <algorithm>
#include <map>
#include <set>

#include "linker/verify/archive.h"

namespace linker::verify {
namespace {

/// Gates and trap entry hold the runtime's own code: what else lay there would be believed to be
/// it.
void foreign_gates(const Image &image, const Owners &owners, Report &report) {
    const uint64_t begin = image.symbol("__gate_start");
    const uint64_t end = image.symbol("__trap_end");
    for (const auto &part : owners.contributions()) {
        if (part.begin >= begin && part.begin < end && part.owner != runtime_owner &&
            !report.allows(image, part.begin)) {
            report.findings.emplace_back(
                part.object + " brings code among the runtime's gates, " + image.place(part.begin),
                part.begin, 8,
                "sections .gate.* and .trap.* are the runtime's: rename the section");
        }
    }
}

/// The runtime believes its tables, and start-up writes into the gates what one of them says: rows
/// are the runtime's and the administrator's.
void foreign_rows(const Image &image, const Owners &owners, Report &report) {
    for (const auto *name : {".crossings", ".services", ".calls", ".entries", ".alternatives",
                             ".alternatives.bytes", "__ex_table"}) {
        const auto *table = image.section(name);
        if (table == nullptr) {
            continue;
        }
        const uint64_t begin = table->header.sh_addr;
        for (const auto &part : owners.contributions()) {
            if ((Owners::is_domain(part.owner) || part.object == merged_object) &&
                part.begin < begin + table->header.sh_size && part.end > begin) {
                const bool is_merged = part.object == merged_object;
                report.findings.emplace_back(
                    (is_merged ? "a section that the linker merges"
                               : part.object + " of domain " + part.owner) +
                    " brings rows of the table " + name +
                    ": declare services, crossings and calls in the administrator's SOURCES");
            }
        }
    }
}

/// The linker merges sections of SHF_MERGE: whose code it is, nobody can tell any more.
void merged_code(const Image &image, const Owners &owners, Report &report) {
    for (const auto &part : owners.contributions()) {
        if (part.object == merged_object && part.begin >= image.symbol("__text_start") &&
            part.begin < image.symbol("__text_end")) {
            report.findings.emplace_back("code in a section that the linker merges, " +
                                             image.place(part.begin),
                                         part.begin, 8, "no M among the flags of its section");
        }
    }
}

/// Who defines a name, and who does not do so weakly; who uses it, be it defined or not.
struct Definers {
    std::set<std::string> all;
    std::set<std::string> strong;
    std::set<std::string> anywhere; // domains whose definition an address does not tell
    std::set<std::string> users;    // who may know nothing of it
};

/// Whether source code may use a name without naming it, or do without it: the compiler's own
/// functions, and what is weak. What the runtime leaves undefined is the linker script's and the
/// administrator's.
bool is_used_unknowingly(const Reference &reference, const std::string &owner) {
    return owner == runtime_owner || reference.is_weak || reference.name.starts_with("__");
}

/// Where two owners define a name, the linker takes one definition, and the other owner runs or
/// reads that. No domain's may stand in for the runtime's or the administrator's; in place of
/// another domain's own, one may that both have weakly, as an inline function.
class Definitions {
public:
    Definitions(const Image &image, const Owners &owners) : image_(image), owners_(owners) {
        for (const auto &input : owners.inputs()) {
            const auto names = names_of(input.file);
            for (const auto &reference : names.references) {
                if (is_used_unknowingly(reference, input.owner)) {
                    by_name_[reference.name].users.insert(input.owner);
                }
            }
            for (const auto &definition : names.definitions) {
                auto &definers = by_name_[definition.name];
                definers.all.insert(input.owner);
                if (!definition.is_weak) {
                    definers.strong.insert(input.owner);
                }
                if (definition.is_anywhere && Owners::is_domain(input.owner)) {
                    definers.anywhere.insert(input.owner);
                }
            }
        }
    }

    std::vector<SharedCode> refuse(Report &report) const {
        std::vector<SharedCode> shared;
        for (const auto &[name, definers] : by_name_) {
            if (std::all_of(definers.all.begin(), definers.all.end(), Owners::is_domain)) {
                refuse_uses(name, definers, report);
            }
            if (definers.all.size() < 2) {
                continue;
            }
            const auto [first, last] = image_.all_symbols().equal_range(name);
            for (const auto &owner : definers.anywhere) {
                if (first != last) {
                    report.findings.emplace_back(
                        readable(name) + " is also domain " + owner +
                        "'s, at an address outside of its sections, or in a merged one: rename it");
                }
            }
            for (auto symbol = first; symbol != last; ++symbol) {
                const auto owner = owners_.owner_at(symbol->second.value);
                if (Owners::is_domain(owner) && definers.all.contains(owner)) {
                    const SharedCode code{name, owner, others(name, owner, definers)};
                    if (!code.others.empty()) {
                        refuse(code, symbol->second.value, definers, report);
                        shared.push_back(code);
                    }
                }
            }
        }
        return shared;
    }

private:
    /// What domains alone define, and another one uses who may not know that it does.
    static void refuse_uses(const std::string &name, const Definers &definers, Report &report) {
        for (const auto &user : definers.users) {
            if (!definers.all.empty() && !definers.all.contains(user)) {
                report.findings.emplace_back(
                    readable(name) + " is domain " + *definers.all.begin() + "'s, and " +
                    (Owners::is_domain(user) ? user : "the " + user) +
                    " uses it, which has none of its own: rename it, or define it there");
            }
        }
    }

    void refuse(const SharedCode &code, uint64_t address, const Definers &definers,
                Report &report) const {
        const bool is_data = address >= image_.symbol("__regions_start");
        for (const auto &other : code.others) {
            if (!Owners::is_domain(other) || definers.strong.contains(other) ||
                definers.strong.contains(code.owner)) {
                report.findings.emplace_back(
                    readable(code.name) + " is domain " + code.owner +
                        "'s, and stands in place of " +
                        (Owners::is_domain(other) ? other : "the " + other) + "'s own",
                    address, 8,
                    "rename it (llvm-objcopy --prefix-symbols), make it local, or link without it");
            } else if (is_data) {
                report.findings.emplace_back(readable(code.name) + " is one variable of " +
                                             code.owner + " and " + other + ", in " + code.owner +
                                             "'s memory, which " + other +
                                             " cannot reach: make it const, or one for each");
            }
        }
    }

    /// Those who define a name and have no definition of their own in the image.
    std::vector<std::string> others(const std::string &name, const std::string &owner,
                                    const Definers &definers) const {
        std::vector<std::string> all;
        for (const auto &other : definers.all) {
            if (other != owner && !has(name, other)) {
                all.push_back(other);
            }
        }
        return all;
    }

    /// Whether the linker has resolved a name to an owner's definition.
    bool has(const std::string &name, const std::string &owner) const {
        const auto [first, last] = image_.all_symbols().equal_range(name);
        for (auto symbol = first; symbol != last; ++symbol) {
            if (!symbol->second.is_local && owners_.owner_at(symbol->second.value) == owner) {
                return true;
            }
        }
        return false;
    }

    const Image &image_;
    const Owners &owners_;
    std::map<std::string, Definers> by_name_;
};

} // namespace

std::vector<SharedCode> refuse_foreign(const Image &image, const Owners &owners, Report &report) {
    foreign_gates(image, owners, report);
    foreign_rows(image, owners, report);
    merged_code(image, owners, report);
    return Definitions(image, owners).refuse(report);
}

} // namespace linker::verify
