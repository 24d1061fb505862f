/// Things of the runtime that a domain's object must not contain: code among the gates, rows of the
/// runtime's tables, and names that other code resolves to.
#include "linker/verify/foreign.h"

#include <set>

#include "rt/entry/entry_record.h"

namespace linker::verify {
namespace {

using EntryRow = rt::entry::EntryRecord<void()>;

/// The memory functions, the gates and the trap entry are the runtime's own code, in pages of their
/// own, which start-up patches; so are the pages of children, where dispatch stops no system call.
/// Other code there would be taken for the runtime's.
void foreign_gates(const Image &image, const Owners &owners, Report &report) {
    const uint64_t begin = image.symbol("__memory_start");
    const uint64_t end = image.symbol("__space_end");
    for (const auto &part : owners.contributions()) {
        if (part.begin >= begin && part.begin < end && part.owner != runtime_owner &&
            !report.allows(image, part.begin)) {
            report.findings.emplace_back(
                owners.member(part) +
                    " brings code among the runtime's gates or memory functions, " +
                    image.place(part.begin),
                part.begin, 8,
                "sections .memory.*, .gate.*, .trap.* and .space.* are the runtime's: rename the "
                "section");
        }
    }
}

/// The runtime trusts its tables, and start-up patches the gates by one of them. So only the
/// runtime and the app may add rows.
void foreign_rows(const Image &image, const Owners &owners, Report &report) {
    for (const auto *name : {".cross_calls", ".services", ".calls", ".entries", ".alternatives",
                             ".alternatives.bytes", ".tests", "__ex_table"}) {
        const auto *table = image.section(name);
        if (table == nullptr) {
            continue;
        }
        const uint64_t begin = table->header.sh_addr;
        for (const auto &part : owners.contributions()) {
            if (Owners::is_domain(part.owner) && part.begin < begin + table->header.sh_size &&
                part.end > begin) {
                report.findings.emplace_back(
                    owners.member(part) + " of domain " + part.owner +
                    " brings rows of the table " + name +
                    ": declare services, cross calls and calls in the app's SOURCES");
            }
        }
    }
}

/// The map does not tell the owner of a section that the linker has merged from several objects.
/// Only constants that every domain may read, and addresses in the .got, may be merged.
void merged_bytes(const Image &image, const Owners &owners, Report &report) {
    const auto is_in = [&](const Contribution &part, const char *name) {
        const auto *section = image.section(name);
        return section != nullptr && part.begin >= section->header.sh_addr &&
               part.end <= section->header.sh_addr + section->header.sh_size;
    };
    const uint64_t text = image.symbol("__text_start");
    for (const auto &part : owners.contributions()) {
        if (part.object == merged_object && part.begin >= text && !is_in(part, ".rodata") &&
            !is_in(part, ".got")) {
            report.findings.emplace_back(
                "the linker has merged sections " + part.section + " at " + hex(part.begin) +
                ", so their owner is not known: build them without the flag SHF_MERGE");
        }
    }
}

/// An independent check of what linker/link has done. A global name in a domain's code or constants
/// must be a function with a row in the table of entries. A variable may have a global name: its
/// memory is closed to the monitor.
void foreign_names(const Image &image, const Owners &owners, Report &report) {
    if (owners.empty()) {
        return; // without the linker's map no byte is known to be a domain's
    }
    std::set<std::pair<std::string, uint64_t>> entries; // by domain
    for (uint64_t row = image.symbol("__entries_start"), end = image.symbol("__entries_end");
         row + sizeof(EntryRow) <= end; row += sizeof(EntryRow)) {
        const auto record = image.read<EntryRow>(image.offset_of(row, sizeof(EntryRow)));
        const auto function = reinterpret_cast<uint64_t>(record.function);
        const auto owner = owners.owner_at(function);
        const auto domain = owners.name_of(record.domain);
        if (Owners::is_domain(owner) && owner != domain && owners.has_code(record.domain)) {
            report.findings.emplace_back("the entry of " + domain + " leads to code of domain " +
                                             owner + ", " + image.place(function),
                                         function, 8,
                                         "link by linker/link, as postern_add_app does");
        }
        entries.emplace(domain, function);
    }
    const uint64_t regions = image.symbol("__regions_start");
    for (const auto &[name, symbol] : image.all_symbols()) {
        const bool is_no_domains =
            symbol.is_local || symbol.value >= regions || owners.script_symbols().contains(name);
        const auto owner = is_no_domains ? fill_owner : owners.owner_at(symbol.value);
        if (Owners::is_domain(owner) && !entries.contains({owner, symbol.value})) {
            report.findings.emplace_back(readable(name) + " of domain " + owner +
                                             " is a global name without a row in the table of "
                                             "entries: other code could resolve to it",
                                         symbol.value, 8,
                                         "link by linker/link, as postern_add_app does");
        }
    }
}

} // namespace

void refuse_foreign(const Image &image, const Owners &owners, Report &report) {
    foreign_gates(image, owners, report);
    foreign_rows(image, owners, report);
    merged_bytes(image, owners, report);
    foreign_names(image, owners, report);
}

} // namespace linker::verify
