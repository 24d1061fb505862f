/// Reads an image's authority from its own tables, its symbols and the linker's map.
#include "linker/audit/read.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "crt/library/stop.h"
#include "linker/audit/names.h"
#include "linker/audit/sha256.h"
#include "linker/audit/tables.h"
#include "linker/verify/own_texts.h"
#include "rt/base/pkru_values.h"
#include "rt/key/domain.h"

namespace linker::audit {
namespace {

bool has_symbol(const verify::Image &image, const std::string &name) {
    return image.symbols().contains(name);
}

using HeapRow = linker::HeapRecord;

void read_keys(const verify::Image &image, Facts &facts) {
    facts.keys = {{POSTERN_KEY_SHARED, {.name = "shared"}},
                  {POSTERN_KEY_MONITOR, {.name = "monitor"}},
                  {POSTERN_KEY_FRAME, {.name = "frame"}}};
    // An image with a start of its own instead of rt's has no table of names.
    const bool has_names = has_symbol(image, "rt_domain_names");
    const auto read_name = [&](unsigned number) {
        if (const auto name = at<uint64_t>(image, image.symbol("rt_domain_names") + 8 * number)) {
            facts.keys[number].name = string_at(image, name);
        }
    };
    for (unsigned key = 0; has_names && key <= POSTERN_KEY_FRAME; ++key) {
        read_name(key);
    }
    for (const auto &record : image.regions()) {
        if (has_names && rt::key::is_own_number(record.number)) {
            read_name(record.number);
        }
    }
    const bool has_budgets = has_symbol(image, "rt_domain_log_budgets");
    const auto budget_of = [&](unsigned key) {
        return image.symbol("rt_domain_log_budgets") + sizeof(uint32_t) * key;
    };
    for (const auto &record : image.regions()) {
        auto &key = facts.keys[record.number];
        if (record.kind == Kind::domain || record.kind == Kind::data_domain) {
            key.is_domain = record.kind == Kind::domain;
            key.is_data = !key.is_domain;
            key.is_own_space = rt::key::is_own_number(record.number);
            key.is_shared_memory = record.sharing == Sharing::shared_memory;
            key.view = record.view;
            key.log_budget = has_budgets ? at<uint32_t>(image, budget_of(record.number)) : 0;
            key.name = key.name.empty() ? "key " + std::to_string(record.number) : key.name;
        } else if (record.kind == Kind::domain_heap) {
            const auto heap =
                at<HeapRow>(image, image.symbol("rt_domain_heaps") + sizeof(HeapRow) * record.number);
            key.heap = {record.end - record.begin, uint64_t{heap.kept_pages} * POSTERN_PAGE,
                        heap.is_fatal, heap.is_populated};
        }
    }
    for (auto &[number, key] : facts.keys) {
        const auto suffix = std::to_string(number);
        for (const char *way : {"", "lent_", "unisolated_"}) {
            const std::string gate = std::string("rt_gate_enter_") + way;
            const bool is_trusted = has_symbol(image, gate + "trusted_" + suffix);
            key.is_trusted = key.is_trusted || is_trusted;
            key.has_gate = key.has_gate || is_trusted || has_symbol(image, gate + suffix);
        }
        key.has_gate = key.has_gate || has_symbol(image, "rt_gate_own_" + suffix) ||
                       has_symbol(image, "rt_gate_own_lent_" + suffix);
    }
}

std::string region_name(const Facts &facts, const linker::RegionRecord &record) {
    switch (record.kind) {
    case Kind::monitor:
        return "monitor";
    case Kind::monitor_stack:
        return "monitor stack";
    case Kind::arena:
        return "thread";
    case Kind::arguments:
        return "arguments";
    case Kind::domain_stack:
        return facts.name_of(record.number) + " stack";
    case Kind::domain_heap:
        return facts.name_of(record.number) + " heap";
    default:
        return facts.name_of(record.number);
    }
}

void read_regions(const verify::Image &image, Facts &facts) {
    for (const auto &record : image.regions()) {
        facts.regions.push_back({region_name(facts, record), record});
    }
    std::sort(facts.regions.begin(), facts.regions.end(), [](const auto &a, const auto &b) {
        return a.record.begin != b.record.begin ? a.record.begin < b.record.begin
                                                : a.record.end < b.record.end;
    });
    facts.regions_begin = image.symbol("__regions_start");
    facts.regions_end = image.symbol("__regions_end");
}

void read_loaded(const verify::Image &image, Facts &facts) {
    const auto *gate = image.section(".gate");
    const auto *trap = image.section(".trap");
    const uint64_t text_end = image.symbol("__text_end");
    const uint64_t children = image.symbol("__space_start");
    const uint64_t gates = gate == nullptr ? text_end : gate->header.sh_addr;
    const uint64_t traps = trap == nullptr ? text_end : trap->header.sh_addr;
    const uint64_t pristine = image.symbol("__pristine_start");
    facts.loaded = {
        {"text", image.symbol("__text_start"), gates, POSTERN_KEY_SHARED, true},
        {"gates", gates, traps, POSTERN_KEY_SHARED, true},
        {"trap entry", traps, children, POSTERN_KEY_SHARED, true},
        {"stub of children", children, text_end, POSTERN_KEY_SHARED, true},
        {"constants", image.symbol("__rodata_start"), pristine, POSTERN_KEY_SHARED},
        {"pristine copies", pristine, image.symbol("__pristine_end"), POSTERN_KEY_MONITOR}};
    for (const auto &text : verify::own_texts(image)) {
        facts.loaded.push_back({"text of " + text.name, text.begin, text.end, text.number, true});
    }
    std::erase_if(facts.loaded, [](const auto &part) { return part.begin == part.end; });
    std::sort(facts.loaded.begin(), facts.loaded.end(),
              [](const auto &a, const auto &b) { return a.begin < b.begin; });
}

std::vector<unsigned> numbers(uint64_t bits) {
    std::vector<unsigned> all;
    for (unsigned number = 0; number < 64; ++number) {
        if ((bits >> number & 1) != 0) {
            all.push_back(number);
        }
    }
    return all;
}

void read_options(const verify::Image &image, Facts &facts) {
    auto &options = facts.options;
#define OPTION(field, ...)                                                                         \
    options.field = at<uint32_t>(image, image.symbol("__option_" #field)) != 0;
#define NUMBERS(field, ...)                                                                        \
    options.field = numbers(at<uint64_t>(image, image.symbol("__option_" #field)));
#include "linker/options.inc"
    options.filter = options.without_filter ? "omitted" : options.may_exec ? "may_exec" : "strict";
}

void read_code(const verify::Image &image, const verify::Owners &owners,
               const verify::Result &result, Facts &facts) {
    uint64_t known = 0;
    const auto own = verify::own_texts(image);
    for (const auto &part : owners.contributions()) {
        if (verify::is_own_text(own, part.begin)) {
            facts.code[part.owner].own_space_bytes += part.end - part.begin;
        }
        if (part.begin >= image.symbol("__text_start") && part.end <= image.symbol("__text_end")) {
            facts.code[part.owner].bytes += part.end - part.begin;
            known += part.end - part.begin;
        }
    }
    facts.code[owners.empty() ? "image" : verify::fill_owner].bytes += result.text_bytes - known;
    for (const auto &[owner, counts] : result.counts) {
        for (const auto &encoding : verify::encodings) {
            if (const auto found = counts.find(encoding.name); found != counts.end()) {
                auto &code = facts.code[owner];
                auto &kind = encoding.kind == verify::Class::mediated ? code.mediated : code.noted;
                kind[std::string(encoding.name)] = found->second;
            }
        }
    }
    for (const auto &site : result.sites) {
        facts.sites.push_back({{site.function, site.offset}, std::string(site.encoding->name)});
    }
}

/// A function that is nothing but the instruction of a refused stub (crt/library/stop.h).
bool is_stub(const verify::Image &image, const verify::Function &function) {
    using namespace crt::library;
    if (function.end - function.begin != stop_bytes) {
        return false;
    }
    const auto stop = image.read<Stop>(image.offset_of(function.begin, stop_bytes));
    return stop.is_relative() && reason_of(stop) == stop_absent;
}

void read_absent(const verify::Image &image, const verify::Owners &owners, Facts &facts) {
    for (const auto &function : image.functions()) {
        if (function.begin >= image.symbol("__text_start") &&
            function.end <= image.symbol("__own_texts_end") && is_stub(image, function)) {
            facts.absent[owners.owner_at(function.begin)].push_back(demangled(function.name));
        }
    }
    for (auto &[owner, names] : facts.absent) {
        std::sort(names.begin(), names.end());
    }
}

void read_hashes(const verify::Image &image, Facts &facts) {
    const auto &file = image.bytes();
    const auto add = [&](const std::string &what, uint64_t offset, uint64_t bytes) {
        facts.hashes.push_back({what, bytes, sha256(std::span(file).subspan(offset, bytes))});
    };
    const auto add_range = [&](const std::string &what, uint64_t begin, uint64_t end) {
        add(what, image.offset_of(begin, end - begin), end - begin);
    };
    add("file", 0, file.size());
    add_range("text", image.symbol("__text_start"), image.symbol("__text_end"));
    for (const auto &text : verify::own_texts(image)) {
        add_range("text of " + text.name, text.begin, text.end);
    }
    add_range("constants", image.symbol("__rodata_start"), image.symbol("__rodata_end"));
    for (const auto &region : facts.regions) {
        const auto &record = region.record;
        if (record.pristine_bytes != 0) {
            add_range("initial data of " + region.name, record.pristine,
                      record.pristine + record.pristine_bytes);
        }
    }
}

/// Whether a line holds more than white space or a comment alone.
bool is_code(const std::string &line) {
    const auto begin = line.find_first_not_of(" \t");
    return begin != line.npos && line.compare(begin, 2, "//") != 0;
}

} // namespace

Facts read(const verify::Image &image, const verify::Owners &owners, const verify::Result &result) {
    Facts facts;
    facts.image = image.name();
    read_options(image, facts);
    read_keys(image, facts);
    const bool has_domains = std::any_of(facts.keys.begin(), facts.keys.end(),
                                         [](const auto &row) { return row.second.is_domain; });
    if (!has_domains) {
        facts.options.filter = "none: no domains"; // rt/syscall/install.cc installs none then
    }
    read_loaded(image, facts);
    read_regions(image, facts);
    read_entries(image, facts);
    read_services(image, facts);
    read_cross_calls(image, facts);
    read_calls(image, facts);
    read_policies(image, facts);
    read_seals(image, facts);
    read_exceptions(image, facts);
    read_patched(image, facts);
    read_code(image, owners, result, facts);
    read_absent(image, owners, facts);
    read_hashes(image, facts);
    return facts;
}

Lines count_lines(const std::string &root) {
    namespace fs = std::filesystem;
    Lines lines;
    // An installed package has only the headers.
    lines.is_known = !root.empty() && fs::exists(fs::path(root) / "rt/gate/enter.S");
    for (const char *folder : {"crt", "rt"}) {
        if (!lines.is_known) {
            break;
        }
        for (const auto &file : fs::recursive_directory_iterator(fs::path(root) / folder)) {
            const auto extension = file.path().extension();
            if (extension != ".cc" && extension != ".h" && extension != ".S") {
                continue;
            }
            std::ifstream text(file.path());
            for (std::string line; std::getline(text, line);) {
                ++lines.all;
                lines.code += is_code(line) ? 1 : 0;
            }
        }
    }
    return lines;
}

} // namespace linker::audit
