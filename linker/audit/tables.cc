/// The tables of an image that the runtime's own headers describe.
#include "linker/audit/tables.h"

#include <algorithm>

#include "linker/audit/names.h"
#include "linker/verify/alternatives.h"
#include "rt/entry/entry_record.h"
#include "rt/entry/service_table.h"
#include "rt/gate/cross_call_record.h"
#include "rt/key/domain.h"
#include "rt/life/policy.h"
#include "rt/syscall/calls.h"
#include "rt/uaccess/exception_table.h"

namespace linker::audit {

std::vector<uint64_t> rows(const verify::Image &image, std::string_view begin, std::string_view end,
                           std::size_t bytes) {
    std::vector<uint64_t> addresses;
    const uint64_t last = image.symbol(end);
    for (uint64_t row = image.symbol(begin); row + bytes <= last; row += bytes) {
        addresses.push_back(row);
    }
    return addresses;
}

std::string string_at(const verify::Image &image, uint64_t address) {
    std::string text;
    for (char next; (next = image.read<char>(image.offset_of(address))) != '\0'; ++address) {
        text += next;
    }
    return text;
}

namespace {

using EntryRow = rt::entry::EntryRecord<void()>;

/// A pointer in a row as a number.
template <class Pointer>
uint64_t number_of(Pointer pointer) {
    return reinterpret_cast<uint64_t>(pointer);
}

/// The entry at that address, added if it is new. Overloads have one name.
Entry &entry_of(Facts &facts, unsigned domain, uint64_t address, const std::string &function) {
    for (auto &entry : facts.entries) {
        if (entry.domain == domain && entry.address == address) {
            return entry;
        }
    }
    facts.entries.push_back(
        {.domain = domain, .address = address, .function = function, .callers = {}});
    return facts.entries.back();
}

/// The rights of a view beyond those of the domain itself.
void add_loans(const Facts &facts, Entry &entry, uint32_t view) {
    for (const auto &[number, key] : facts.keys) {
        const uint32_t rights = view >> (2 * number) & 3;
        const uint32_t before = facts.keys.at(entry.domain).view >> (2 * number) & 3;
        if (key.is_data && rights != before) {
            auto &loan = entry.lent[number];
            loan = rights == 0 || loan == "writes" ? "writes" : "reads";
        }
    }
}

/// The value that the kernel gets for one argument, in the words of rt/syscall/calls.h.
std::string parameter_text(const rt::syscall::Parameter &parameter) {
    using Kind = rt::syscall::Parameter::Kind;
    const auto length = std::to_string(parameter.length);
    switch (parameter.kind) {
    case Kind::nothing:
        return "zero";
    case Kind::scalar:
        return parameter.limit == ~uint64_t{0} ? "scalar"
                                               : "scalar up to " + std::to_string(parameter.limit);
    case Kind::flags:
        return "flags of " + verify::hex(parameter.limit);
    case Kind::descriptor:
        return "given descriptor";
    case Kind::bytes_in:
        return "copied bytes, argument " + length + " many";
    case Kind::bytes_out:
        return "bytes copied back, argument " + length + " many";
    case Kind::record_in:
        return "copied record of " + std::to_string(parameter.limit) + " bytes";
    case Kind::record_out:
        return "record of " + std::to_string(parameter.limit) + " bytes copied back";
    case Kind::path:
        return "path below a given descriptor";
    }
    return "?";
}

std::string_view verdict_text(const rt::life::Policy &policy) {
    if (policy.decide != nullptr) {
        return "ask";
    }
    switch (policy.verdict) {
    case rt::life::Verdict::keep:
        return "keep";
    case rt::life::Verdict::restart:
        return "restart";
    case rt::life::Verdict::give_up:
        return "give_up";
    }
    return "?";
}

/// The row of the table of entries for a cross call. The cross call's own row names the gate that
/// converts arguments to words, not the callee.
EntryRow entry_row(const verify::Image &image, unsigned number, unsigned caller) {
    std::vector<EntryRow> found;
    for (const uint64_t row : rows(image, "__entries_start", "__entries_end", sizeof(EntryRow))) {
        const auto listed = at<EntryRow>(image, row);
        if (listed.number == number && listed.caller == caller) {
            found.push_back(listed);
        }
    }
    if (found.size() != 1) {
        throw verify::Unreadable(image.name() + ": " + std::to_string(found.size()) +
                                 " entries are listed for cross call " + std::to_string(number) +
                                 ", not one: sections .postern.entries are the runtime's");
    }
    return found.front();
}

} // namespace

void read_entries(const verify::Image &image, Facts &facts) {
    for (const uint64_t row : rows(image, "__entries_start", "__entries_end", sizeof(EntryRow))) {
        const auto record = at<EntryRow>(image, row);
        const uint64_t address = number_of(record.function);
        auto &entry = entry_of(facts, record.domain, address, function_name(image, address));
        if (std::find(entry.callers.begin(), entry.callers.end(), record.caller) ==
            entry.callers.end()) {
            entry.callers.push_back(record.caller);
        }
        if (record.view != 0 && facts.keys.contains(record.domain)) {
            add_loans(facts, entry, record.view);
        }
    }
    for (auto &entry : facts.entries) {
        std::sort(entry.callers.begin(), entry.callers.end());
    }
    std::sort(facts.entries.begin(), facts.entries.end(), [](const auto &a, const auto &b) {
        return a.domain != b.domain ? a.domain < b.domain : a.function < b.function;
    });
}

void read_services(const verify::Image &image, Facts &facts) {
    using Record = rt::entry::ServiceRecord;
    const auto add = [&](unsigned number, const std::string &handler, rt::entry::Callers allowed) {
        Service service{.number = number, .handler = handler, .callers = {}};
        for (const auto &[key, what] : facts.keys) {
            if (what.is_domain &&
                allowed.include(rt::key::domain_with(key))) {
                service.callers.push_back(key);
            }
        }
        facts.services.push_back(service);
    };
    // If no domain calls the service gate, it is not linked and no service can be asked for.
    if (!image.symbols().contains("rt_gate_service")) {
        return;
    }
    add(0, "rt::log_service", rt::entry::Callers::any()); // rt/entry/serve.cc
    for (const uint64_t row : rows(image, "__services_start", "__services_end", sizeof(Record))) {
        const auto record = at<Record>(image, row);
        add(record.number, first_argument(image, number_of(record.function)), record.callers);
    }
}

void read_cross_calls(const verify::Image &image, Facts &facts) {
    using Record = rt::gate::CrossCallRecord;
    for (const uint64_t row :
         rows(image, "__cross_calls_start", "__cross_calls_end", sizeof(Record))) {
        const auto record = at<Record>(image, row);
        const auto listed = entry_row(image, record.number, record.caller);
        const auto gate = function_name(image, number_of(record.enter));
        if (!gate.ends_with("_" + std::to_string(listed.domain))) {
            throw verify::Unreadable(image.name() + ": cross call " +
                                     std::to_string(record.number) + " leads through " + gate +
                                     ", which is not what the table of entries says");
        }
        facts.cross_calls.push_back({.number = record.number,
                                     .caller = record.caller,
                                     .callee = listed.domain,
                                     .function = function_name(image, number_of(listed.function))});
    }
}

void read_calls(const verify::Image &image, Facts &facts) {
    using Record = rt::syscall::CallRule;
    for (const uint64_t row : rows(image, "__calls_start", "__calls_end", sizeof(Record))) {
        const auto record = at<Record>(image, row);
        Call call{.domain = rt::key::number_of(record.domain),
                  .name = call_name(record.number),
                  .is_granted = record.answer != Record::Answer::error,
                  .error = static_cast<unsigned>(record.error),
                  .parameters = {}};
        for (const auto &parameter : record.parameters) {
            if (call.is_granted) {
                call.parameters.push_back(parameter_text(parameter));
            }
        }
        while (!call.parameters.empty() && call.parameters.back() == "zero") {
            call.parameters.pop_back();
        }
        facts.calls.push_back(call);
    }
}

void read_policies(const verify::Image &image, Facts &facts) {
    using rt::life::Policies;
    using Row = rt::life::Policy;
    if (!image.symbols().contains("rt_app_policies")) {
        return; // no domain, no fault
    }
    const auto table = at<Policies>(image, image.symbol("rt_app_policies"));
    const auto name = [&](auto function) {
        return function == nullptr ? "" : function_name(image, number_of(function));
    };
    for (std::size_t row = 0; row < table.count; ++row) {
        const auto read = at<Row>(image, number_of(table.rows) + row * sizeof(Row));
        facts.policies.push_back(
            {.domain = rt::key::number_of(read.domain),
             .verdict = verdict_text(read),
             .times = read.times,
             .shortest_life = read.shortest_life,
             .decide = name(read.decide),
             .before = name(read.before),
             .clean_up =
                 read.clean.run == nullptr ? "" : first_argument(image, number_of(read.clean.run)),
             .clean_up_time = read.clean.nanoseconds,
             .after = name(read.after)});
    }
}

void read_exceptions(const verify::Image &image, Facts &facts) {
    constexpr std::size_t bytes = sizeof(rt::uaccess::ExceptionEntry);
    for (const uint64_t row : rows(image, "__start___ex_table", "__stop___ex_table", bytes)) {
        const auto distance = [&](uint64_t field) {
            return place_of(image,
                            field + static_cast<uint64_t>(int64_t{at<int32_t>(image, field)}));
        };
        facts.exceptions.push_back({distance(row), distance(row + 4)});
    }
}

void read_patched(const verify::Image &image, Facts &facts) {
    for (const auto &row : verify::alternatives_of(image)) {
        facts.patched.push_back({place_of(image, row.site), verify::name_of(row.feature)});
    }
}

void read_seals(const verify::Image &image, Facts &facts) {
    constexpr const char *table = "_ZN2rt4seal5tableE"; // rt::seal::table
    struct Row {
        uint64_t name, begin, end, text;
    };
    for (const auto &section : image.sections()) {
        const auto &header = section.header;
        for (uint64_t offset = 0; header.sh_type == SHT_SYMTAB && offset < header.sh_size;
             offset += sizeof(Elf64_Sym)) {
            const auto symbol = image.read<Elf64_Sym>(header.sh_offset + offset);
            const auto found = image.symbols().find(table);
            if (found == image.symbols().end() || symbol.st_value != found->second ||
                ELF64_ST_TYPE(symbol.st_info) != STT_OBJECT) {
                continue;
            }
            for (uint64_t row = 0; row + sizeof(Row) <= symbol.st_size; row += sizeof(Row)) {
                const auto read = at<Row>(image, symbol.st_value + row);
                facts.seals.push_back({string_at(image, read.name), read.begin, read.end,
                                       string_at(image, read.text)});
            }
            return;
        }
    }
}

} // namespace linker::audit
