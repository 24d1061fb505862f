/// Checks which names each part of an image takes from another part.
#include "linker/link/resolve.h"

#include <algorithm>

#include "linker/link/groups.h"
#include "linker/verify/image.h"
#include "linker/verify/inputs.h"

namespace linker::link {
namespace {

/// "used by bob.cc.obj in bob::work(unsigned long)", and the number of further uses.
std::string used_by(const std::vector<Use> &uses) {
    const auto &first = uses.front();
    auto text = "used by " + first.object;
    if (!first.function.empty()) {
        text += " in " + verify::readable(first.function);
    }
    return uses.size() == 1 ? text : text + " and " + std::to_string(uses.size() - 1) + " more";
}

/// The table by which the allocator finds the heap of the domain that runs (linker/symbols.h).
constexpr const char *heap_table = "rt_domain_heaps";

class Resolver {
public:
    Resolver(const Parts &parts, const Others &others, const std::vector<Prelinked> &domains)
        : parts_(parts), others_(others), domains_(domains) {
        result_.nobodys.resize(domains.size());
        for (const auto &domain : domains) {
            keep_entries(domain);
            keep_variables(domain);
        }
    }

    Resolution resolve() {
        for (std::size_t index = 0; index < domains_.size(); ++index) {
            for (const auto &[name, wanted] : domains_[index].wanted()) {
                check(index, name, wanted);
            }
            check_uses(index);
        }
        return std::move(result_);
    }

private:
    void find(const std::string &finding) { result_.findings.push_back(finding); }

    /// The data domain that holds a definition of a domain; empty if none does.
    std::string data_of(const Prelinked &domain, const ObjectSymbol &symbol) const {
        const auto *section = domain.object().section_of(symbol);
        const auto type = ELF64_ST_TYPE(symbol.symbol.st_info);
        for (const auto &data : parts_.data) {
            if (section != nullptr && type != STT_FUNC &&
                (section->name == ".data..postern." + data ||
                 section->name == ".bss..postern." + data)) {
                return data;
            }
        }
        return "";
    }

    void keep_entries(const Prelinked &domain) {
        const auto &name = domain.domain().name;
        auto &kept = result_.kept.emplace_back();
        const auto rows = others_.entries.find(domain.domain().number);
        if (rows == others_.entries.end()) {
            return;
        }
        for (const auto &entry : rows->second) {
            const auto *symbol = domain.definition(entry);
            const auto text = "entry " + verify::readable(entry) + " of " + name;
            if (others_.define(entry)) {
                if (symbol != nullptr) {
                    find(text + " is also defined outside of it: define it in " + name + " alone");
                }
            } else if (symbol == nullptr) {
                find(text + " is defined by none of its SOURCES and LIBRARIES");
            } else if (const auto *section = domain.object().section_of(*symbol);
                       section == nullptr || !section->is_executable() ||
                       symbol->symbol.st_value >= section->header.sh_size) {
                find(text + " is no function in the domain's own code");
            } else if (const auto other = other_with_entry(entry); !other.empty()) {
                find(text + " is an entry of " + other +
                     ", too: one definition would serve both; give "
                     "each a name of its own");
            } else {
                kept.insert(entry);
            }
        }
    }

    /// An earlier domain that has an entry of this name; empty if none has.
    std::string other_with_entry(const std::string &entry) const {
        for (std::size_t other = 0; other + 1 < result_.kept.size(); ++other) {
            if (result_.kept[other].contains(entry)) {
                return domains_[other].domain().name;
            }
        }
        return "";
    }

    /// A variable of a data domain is shared by all domains that have it, whichever object defines
    /// it. The app's SOURCES may take the address of another variable, which they cannot read or
    /// write. A weak name of theirs asks for none: it stays undefined, whatever a domain defines.
    void keep_variables(const Prelinked &domain) {
        for (const auto &[name, symbol] : domain.definitions()) {
            const auto data = data_of(domain, *symbol);
            if (data.empty() && !(is_variable(domain, *symbol) && is_used_by_app(name))) {
                continue;
            }
            const auto text = verify::readable(name) + " of domain " + domain.domain().name;
            const auto *section = domain.object().section_of(*symbol);
            if (name.find('@') != name.npos) {
                find(text + " has a version (NAME@VERSION), which the linker ignores: rename it");
            } else if (is_defined_elsewhere(name, data)) {
                find(text + " is also defined outside of it: rename it");
            } else if (section != nullptr && section->header.sh_size == 0) {
                find(text + " has no bytes, and would lie among constants: give it some");
            } else if (section != nullptr &&
                       (symbol->symbol.st_value > section->header.sh_size ||
                        symbol->symbol.st_size >
                            section->header.sh_size - symbol->symbol.st_value)) {
                find(text + " extends beyond its section");
            } else {
                result_.kept.back().insert(name);
            }
        }
    }

    /// Whether a definition will be in the domain's own memory.
    static bool is_variable(const Prelinked &domain, const ObjectSymbol &symbol) {
        const auto *section = domain.object().section_of(symbol);
        const auto &name = section == nullptr ? "" : section->name;
        const bool is_constant = name.starts_with(".data.rel.ro");
        return symbol.symbol.st_shndx == common_index ||
               (ELF64_ST_TYPE(symbol.symbol.st_info) != STT_FUNC && !is_constant &&
                (name.starts_with(".data") || name.starts_with(".bss")));
    }

    bool is_used_by_app(const std::string &name) const {
        const auto found = others_.uses.find(name);
        return !others_.define(name) && found != others_.uses.end() &&
               std::any_of(found->second.begin(), found->second.end(), [](const auto &use) {
                   return use.owner == verify::app_owner && !use.is_weak &&
                          use.object.find('(') == use.object.npos; // no library's
               });
    }

    /// Whether runtime or app define the name outside of that data domain.
    bool is_defined_elsewhere(const std::string &name, const std::string &data) const {
        const auto found = others_.definitions.find(name);
        return found != others_.definitions.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&](const auto &section) {
                   return data.empty() || !section.ends_with("..postern." + data);
               });
    }

    /// Checks one name that a domain leaves undefined.
    void check(std::size_t index, const std::string &name, const Wanted &wanted) {
        const auto &domain = domains_[index].domain();
        if (name == heap_table && !domain.has_heap && !wanted.uses.empty()) {
            find(domain.name + " has no heap, " + used_by(wanted.uses) +
                 ": HEAP in postern_add_domain gives it one");
        }
        if (others_.define(name)) {
            return;
        }
        std::string whose;
        bool is_global = false; // so the linker would resolve to it
        for (std::size_t other = 0; other < domains_.size(); ++other) {
            const auto *symbol = domains_[other].definition(name);
            if (symbol == nullptr) {
                continue;
            }
            const auto data = data_of(domains_[other], *symbol);
            const bool is_kept = result_.kept[other].contains(name);
            if (is_kept && domain.data.contains(data)) {
                return;
            }
            is_global |= is_kept;
            whose += "; " + domains_[other].domain().name + "'s " +
                     (!data.empty() ? "is in " + data + ", which " + domain.name + " does not have"
                      : is_kept     ? "is only for the app"
                                    : "is its own");
        }
        if (!is_global && wanted.is_weak) {
            result_.nobodys[index].insert(name);
        } else if (is_global || !wanted.uses.empty()) {
            if (const auto group = group_of(name); !group.empty() && whose.empty()) {
                result_.without[domain.name].insert(group);
            }
            find(domain.name + " has no " + verify::readable(name) + ", " +
                 (wanted.uses.empty() ? "used only by code that is not linked"
                                      : used_by(wanted.uses)) +
                 whose);
        }
    }

    /// Checks the names that runtime and app take from a domain.
    void check_uses(std::size_t index) {
        for (const auto &name : result_.kept[index]) {
            const auto found = others_.uses.find(name);
            if (found == others_.uses.end()) {
                continue;
            }
            const auto &domain = domains_[index];
            const bool is_variable = !others_.is_entry(domain.domain().number, name);
            std::vector<Use> uses;
            std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(uses),
                         [&](const auto &use) {
                             return use.owner == verify::runtime_owner ||
                                    !(is_variable || runs_in_domain(use.section));
                         });
            if (!uses.empty()) {
                find("the " + uses.front().owner + " has no " + verify::readable(name) + ", " +
                     used_by(uses) + "; " + domain.domain().name +
                     (is_variable ? "'s is its own" : "'s runs only by rt::call and cross calls"));
            }
        }
    }

    const Parts &parts_;
    const Others &others_;
    const std::vector<Prelinked> &domains_;
    Resolution result_;
};

} // namespace

Resolution resolve(const Parts &parts, const Others &others,
                   const std::vector<Prelinked> &domains) {
    return Resolver(parts, others, domains).resolve();
}

} // namespace linker::link
