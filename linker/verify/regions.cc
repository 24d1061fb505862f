/// The region table, the guards, the pristine copies.
#include <algorithm>
#include <set>

#include "linker/verify/checks.h"
#include "linker/verify/own_texts.h"

namespace linker::verify {
namespace {

using linker::Kind;
using linker::RegionRecord;

/// Whether the domain with this number has an address space of its own, and no key.
bool is_own(uint32_t number) {
    return number >= POSTERN_NUMBER_FIRST_OWN && number <= POSTERN_NUMBER_LAST_OWN;
}

std::string key_text(uint32_t number) {
    return (is_own(number) ? "number " : "key ") + std::to_string(number);
}

std::string text(const RegionRecord &record) {
    return "region " + hex(record.begin) + "-" + hex(record.end) + " of " +
           key_text(record.number);
}

/// The size of the guard beside a region: one page; beside a stack as much as a large local
/// variable may step over.
uint64_t guard_of(const RegionRecord &record) {
    const bool is_stack = record.kind == Kind::monitor_stack || record.kind == Kind::domain_stack;
    return is_stack ? POSTERN_STACK_GUARD : POSTERN_PAGE;
}

/// Regions are whole pages, in order, with a guard on both sides; only data may be empty.
void guarded(const Image &image, Report &report) {
    auto records = image.regions();
    std::erase_if(records, [](const auto &record) { return record.begin == record.end; });
    std::sort(records.begin(), records.end(),
              [](const auto &a, const auto &b) { return a.begin < b.begin; });
    uint64_t end = image.symbol("__regions_start");
    uint64_t guard = POSTERN_PAGE; // of the region that ends there
    for (const auto &record : records) {
        if (record.begin % POSTERN_PAGE != 0 || record.end % POSTERN_PAGE != 0 ||
            record.end < record.begin) {
            report.findings.emplace_back(text(record) + " is not made of whole pages");
        }
        const uint64_t needed = std::max(guard, guard_of(record));
        if (record.begin < end + needed) {
            report.findings.emplace_back(text(record) + " has no guard of " + hex(needed) +
                                         " bytes before it");
        }
        end = record.end;
        guard = guard_of(record);
    }
    for (const auto &segment : image.segments()) {
        if (segment.p_type == PT_LOAD && !records.empty() && segment.p_vaddr < records.back().end &&
            segment.p_vaddr + segment.p_memsz > records.front().begin) {
            report.findings.emplace_back("a loaded segment is among the regions");
        }
    }
    if (image.symbol("__regions_end") < end + guard) {
        report.findings.emplace_back("the last region has no guard of " + hex(guard) +
                                     " bytes after it");
    }
    if (records.empty()) {
        report.findings.emplace_back("no regions");
    }
}

/// The names of domains and data domains: the script makes __NAME_pristine of each.
std::vector<std::string> domain_names(const Image &image) {
    constexpr std::string_view suffix = "_pristine";
    std::vector<std::string> names;
    for (const auto &[symbol, value] : image.symbols()) {
        if (symbol.starts_with("__") && symbol.ends_with(suffix) &&
            symbol != "__monitor_pristine") {
            names.push_back(symbol.substr(2, symbol.size() - 2 - suffix.size()));
        }
    }
    return names;
}

/// The view of a domain, computed here independently: key 0 read-only, its own key and the frame
/// key open, all others closed. Without a key: a view that no processor has, because both bits of key
/// 0 are set.
uint32_t view_of(uint32_t key) {
    if (is_own(key)) {
        return 0x55555557;
    }
    constexpr uint32_t all_closed = 0x55555555;
    return (all_closed & ~3u & ~(3u << 2 * key) & ~(3u << 2 * POSTERN_KEY_FRAME)) | 2u;
}

/// The record that the symbols demand.
RegionRecord wanted(const Image &image, const std::string &name, Kind kind, uint32_t key) {
    RegionRecord record{};
    record.begin = image.symbol("__" + name + "_start");
    record.end = image.symbol("__" + name + "_end");
    record.number = key;
    record.kind = kind;
    if (kind == Kind::monitor || kind == Kind::domain || kind == Kind::data_domain) {
        const auto *data = image.section("." + name + ".data");
        record.pristine = image.symbol("__" + name + "_pristine");
        record.pristine_bytes = data == nullptr ? 0 : data->header.sh_size;
    }
    return record;
}

bool same(const RegionRecord &a, const RegionRecord &b) {
    return a.begin == b.begin && a.end == b.end && a.pristine == b.pristine &&
           a.pristine_bytes == b.pristine_bytes && a.number == b.number && a.kind == b.kind;
}

/// The bits of a view that belong to data domains.
uint32_t data_bits(const Image &image) {
    uint32_t bits = 0;
    for (const auto &record : image.regions()) {
        bits |= record.kind == Kind::data_domain ? 3u << 2 * (record.number & 15) : 0;
    }
    return bits;
}

/// A domain's view must be the one of its key, in table and gate. Its rights to data domains are
/// not checked: the app declares them.
void domain_view(const Image &image, Report &report, const std::string &name,
                 const RegionRecord &own) {
    const uint32_t data = data_bits(image);
    const uint32_t wanted = view_of(own.number) & ~data;
    if (!is_own(own.number) && (own.view & ~data) == (wanted & ~2u)) {
        report.notes.push_back("domain " + name + " may write key 0");
    } else if ((own.view & ~data) != wanted) {
        report.findings.emplace_back("domain " + name + " has view " + hex(own.view) + ", not " +
                                     hex(wanted));
    }
    if (image.symbol("rt_view_" + std::to_string(own.number)) != own.view) {
        report.findings.emplace_back("the gate's view of domain " + name + " is not the table's");
    }
}

/// Data domains have keys above all domains' keys, because the lowest open key of a view tells its
/// owner. A cross call finds the owner by the bits of all other keys.
void data_keys(const Image &image, Report &report) {
    uint32_t highest = 0;
    uint32_t lowest = POSTERN_KEY_LAST_DOMAIN;
    for (const auto &record : image.regions()) {
        if (record.kind == Kind::domain && !is_own(record.number)) {
            highest = std::max(highest, record.number);
        } else if (record.kind == Kind::data_domain) {
            lowest = std::min(lowest, record.number);
            if (record.view != 0) {
                report.findings.emplace_back(text(record) + " is a data domain and has a view");
            }
        }
    }
    if (data_bits(image) != 0 && lowest <= highest) {
        report.findings.emplace_back("data domain of key " + std::to_string(lowest) +
                                     " is not above domain of key " + std::to_string(highest));
    }
    if (image.symbol("rt_view_owner_bits") != (0xffffffff & ~data_bits(image))) {
        report.findings.emplace_back(
            "rt_view_owner_bits are not the bits of all keys except those of data domains");
    }
}

/// Each record agrees with the symbols. Each domain has a key of its own and the view of that key.
void table(const Image &image, Report &report) {
    auto records = image.regions();
    data_keys(image, report);
    const auto take = [&](const RegionRecord &needed, const std::string &name) {
        const auto found = std::find_if(records.begin(), records.end(),
                                        [&](const auto &r) { return same(r, needed); });
        if (found == records.end()) {
            report.findings.emplace_back("no record agrees with the symbols of " + name);
            return;
        }
        records.erase(found);
    };
    constexpr uint32_t monitor = POSTERN_KEY_MONITOR;
    take(wanted(image, "monitor", Kind::monitor, monitor), "the monitor's data");
    take(wanted(image, "monitor_stack", Kind::monitor_stack, monitor), "the monitor's stack");
    take(wanted(image, "arena", Kind::arena, monitor), "the thread slots");
    take(wanted(image, "arguments", Kind::arguments, monitor), "the arguments");

    std::set<uint32_t> keys;
    for (const auto &name : domain_names(image)) {
        const uint64_t begin = image.symbol("__" + name + "_start");
        const auto own = std::find_if(records.begin(), records.end(), [&](const auto &record) {
            return (record.kind == Kind::domain || record.kind == Kind::data_domain) &&
                   record.begin == begin;
        });
        if (own == records.end()) {
            report.findings.emplace_back("no record of domain " + name);
            continue;
        }
        const uint32_t key = own->number;
        const Kind kind = own->kind;
        const bool is_domain_key = key >= POSTERN_KEY_FIRST_DOMAIN && key <= POSTERN_KEY_LAST_DOMAIN;
        const bool may_have = is_domain_key || (kind == Kind::domain && is_own(key));
        if (!may_have || !keys.insert(key).second) {
            report.findings.emplace_back("domain " + name + " has " + key_text(key) +
                                         ", which is not its own");
        } else if (kind == Kind::domain) {
            domain_view(image, report, name, *own);
        }
        take(wanted(image, name, kind, key), "domain " + name);
        if (kind == Kind::domain) {
            take(wanted(image, name + "_stack", Kind::domain_stack, key), "the stack of " + name);
            if (image.symbols().contains("__" + name + "_heap_start")) {
                take(wanted(image, name + "_heap", Kind::domain_heap, key), "the heap of " + name);
            }
        }
    }
    for (const auto &record : records) {
        report.findings.emplace_back(text(record) + " is nobody's");
    }
}

/// The runtime closes the code that the table names: a row for each domain with an address space of
/// its own, by the symbols.
void own_text_table(const Image &image, Report &report) {
    using linker::TextRecord;
    const auto texts = own_texts(image);
    const uint64_t begin = image.symbol("__own_text_table_start");
    const uint64_t end = image.symbol("__own_text_table_end");
    std::size_t domains = 0;
    for (const auto &record : image.regions()) {
        domains += record.kind == Kind::domain && is_own(record.number) ? 1 : 0;
    }
    bool is_right = texts.size() == domains && end - begin == domains * sizeof(TextRecord);
    uint64_t at = image.symbol("__own_texts_start");
    for (uint64_t row = begin; is_right && row != end; row += sizeof(TextRecord)) {
        const auto record = image.read<TextRecord>(image.offset_of(row, sizeof(TextRecord)));
        is_right = std::any_of(texts.begin(), texts.end(), [&](const auto &text) {
            return text.number == record.number && text.begin == record.begin &&
                   text.end == record.end;
        });
        is_right = is_right && record.begin == at; // one after the other
        at = record.end;
    }
    if (!is_right || at != image.symbol("__own_texts_end")) {
        report.findings.emplace_back("the table of code with an address space of its own does not "
                                     "agree with the symbols of its domains");
    }
}

/// The bytes of a region's data are in the file once, where the pristine copy is loaded.
void pristine(const Image &image, Report &report) {
    const auto &constants = image.loaded(PF_R);
    const uint64_t begin = image.symbol("__pristine_start");
    const uint64_t end = image.symbol("__pristine_end");
    auto names = domain_names(image);
    names.push_back("monitor");
    for (const auto &name : names) {
        const auto *data = image.section("." + name + ".data");
        if (data == nullptr || data->header.sh_size == 0) {
            continue;
        }
        const uint64_t copy = constants.p_vaddr + (data->header.sh_offset - constants.p_offset);
        if (copy != image.symbol("__" + name + "_pristine")) {
            report.findings.emplace_back("the initial data of " + name + " is loaded at " +
                                         hex(copy) + ", but the region table says " +
                                         hex(image.symbol("__" + name + "_pristine")));
        }
        if (copy < begin || copy + data->header.sh_size > end) {
            report.findings.emplace_back("the initial data of " + name +
                                         " is outside of the pristine copies");
        }
        if (data->header.sh_addr != image.symbol("__" + name + "_start")) {
            report.findings.emplace_back("the data of " + name +
                                         " is not at the start of its region");
        }
    }
    if (begin % POSTERN_PAGE != 0 || end % POSTERN_PAGE != 0 ||
        begin < image.symbol("__rodata_end") || end > constants.p_vaddr + constants.p_filesz) {
        report.findings.emplace_back("the pristine copies share a page with constants of key 0");
    }
}

/// Loaded sections are text, constants or a pristine copy. Every other section is in the region
/// that its name says.
void sections_placed(const Image &image, Report &report) {
    const uint64_t constants_end = image.symbol("__pristine_end");
    for (const auto &section : image.sections()) {
        const auto &header = section.header;
        const bool loaded =
            header.sh_addr >= image.symbol("__text_start") && header.sh_addr < constants_end;
        if ((header.sh_flags & SHF_ALLOC) == 0 || header.sh_size == 0 || loaded) {
            continue;
        }
        if (section.name.empty()) {
            report.findings.emplace_back("a section without a name at " + hex(header.sh_addr));
            continue;
        }
        const auto owner = "__" + section.name.substr(1, section.name.rfind('.') - 1);
        if (header.sh_addr < image.symbol(owner + "_start") ||
            header.sh_addr + header.sh_size > image.symbol(owner + "_end")) {
            report.findings.emplace_back("section " + section.name +
                                         " is not in the region of its name");
        }
    }
}

} // namespace

std::vector<Check> region_checks() {
    return {
        {"regions.guarded", guarded},
        {"regions.table", table},
        {"regions.own_text_table", own_text_table},
        {"regions.pristine", pristine},
        {"regions.sections_placed", sections_placed},
    };
}

} // namespace linker::verify
