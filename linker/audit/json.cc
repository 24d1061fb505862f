/// An image's authority as JSON, for programs.
#include "linker/audit/json.h"

#include <concepts>

#include "linker/verify/image.h"

namespace linker::audit {
namespace {

/// A value as text.
struct Value {
    std::string text;

    Value(std::string_view words) : text("\"") {
        for (const char character : words) {
            if (static_cast<unsigned char>(character) < ' ') {
                text += '?';
                continue;
            }
            text += character == '"' || character == '\\' ? "\\" : "";
            text += character;
        }
        text += '"';
    }
    Value(const std::string &words) : Value(std::string_view(words)) {}
    Value(const char *words) : Value(std::string_view(words)) {}
    Value(bool truth) : text(truth ? "true" : "false") {}
    Value(std::unsigned_integral auto number) : text(std::to_string(number)) {}
};

/// Indents what is inside of a value by one step.
std::string indented(const std::string &text) {
    std::string result;
    for (const char character : text) {
        result += character;
        result += character == '\n' ? "  " : "";
    }
    return result;
}

Value list(const std::vector<Value> &values) {
    Value all("");
    all.text = "[";
    for (const auto &value : values) {
        all.text += (all.text == "[" ? "\n  " : ",\n  ") + indented(value.text);
    }
    all.text += values.empty() ? "]" : "\n]";
    return all;
}

using Field = std::pair<const char *, Value>;

Value object(const std::vector<Field> &fields) {
    Value all("");
    all.text = "{";
    for (const auto &[name, value] : fields) {
        all.text +=
            (all.text == "{" ? "\n  " : ",\n  ") + Value(name).text + ": " + indented(value.text);
    }
    all.text += fields.empty() ? "}" : "\n}";
    return all;
}

/// An array with one value for each element of a range.
template <class Range, class Make>
Value each(const Range &range, Make make) {
    std::vector<Value> values;
    for (const auto &element : range) {
        values.push_back(make(element));
    }
    return list(values);
}

Value names(const Facts &facts, const std::vector<unsigned> &keys) {
    return each(keys, [&](unsigned key) { return Value(facts.name_of(key)); });
}

Value address(uint64_t value) {
    return verify::hex(value);
}

Value place(const Place &place) {
    return object({{"function", place.function}, {"offset", place.offset}});
}

Value options(const Options &options) {
    std::vector<Field> fields{{"sealed", !options.unsealed}, {"filter", options.filter}};
#define OPTION(field, ...) fields.emplace_back(#field, options.field);
#define NUMBERS(field, ...)                                                                        \
    fields.emplace_back(#field, each(options.field, [](unsigned number) { return Value(number); }));
#include "linker/options.inc"
    return object(fields);
}

Value key(const Facts &facts, unsigned number, const Key &key) {
    const char *kind = key.is_domain ? "domain" : key.is_data ? "data" : "runtime";
    std::vector<Field> fields{{"key", number}, {"name", key.name}, {"kind", kind}};
    if (key.is_domain) {
        fields.emplace_back("gate", !key.has_gate    ? "none"
                                    : key.is_trusted ? "trusted"
                                                     : "untrusted");
        fields.emplace_back("own_space", key.is_own_space);
        fields.emplace_back("view", address(key.view));
        fields.emplace_back("writes_key_0", key.writes_key_0());
        fields.emplace_back("log_bytes_per_second", key.log_budget);
        fields.emplace_back("heap_bytes", key.heap.bytes);
        fields.emplace_back("heap_kept_bytes", key.heap.kept);
        fields.emplace_back("heap_fatal", key.heap.is_fatal);
        fields.emplace_back("heap_populated", key.heap.is_populated);
    }
    if (key.is_domain || key.is_data) {
        fields.emplace_back("shared_memory", key.is_shared_memory);
    }
    if (key.is_data) {
        std::vector<Value> holders;
        for (const auto &[other, domain] : facts.keys) {
            const auto always = facts.always(other, number);
            const auto lent = facts.lent(other, number);
            if (!always.empty() || !lent.empty()) {
                holders.push_back(
                    object({{"domain", domain.name}, {"always", always}, {"lent", lent}}));
            }
        }
        fields.emplace_back("holders", list(holders));
    }
    return object(fields);
}

Value region(const Facts &facts, const Region &region) {
    const auto &record = region.record;
    return object({{"name", region.name},
                   {"key", record.number},
                   {"owner", facts.name_of(record.number)},
                   {"begin", address(record.begin)},
                   {"end", address(record.end)},
                   {"bytes", record.end - record.begin},
                   {"initialised_bytes", record.pristine_bytes},
                   {"shared_memory", record.sharing == Sharing::shared_memory}});
}

Value entry(const Facts &facts, const Entry &entry) {
    return object(
        {{"domain", facts.name_of(entry.domain)},
         {"function", entry.function},
         {"callers", names(facts, entry.callers)},
         {"lent", each(entry.lent, [&](const auto &loan) {
              return object({{"data", facts.name_of(loan.first)}, {"rights", loan.second}});
          })}});
}

Value call(const Facts &facts, const Call &call) {
    return object(
        {{"domain", facts.name_of(call.domain)},
         {"call", call.name},
         {"granted", call.is_granted},
         {"error", call.error},
         {"parameters", each(call.parameters, [](const auto &text) { return Value(text); })}});
}

Value policy(const Facts &facts, const Policy &policy) {
    return object({{"domain", facts.name_of(policy.domain)},
                   {"verdict", policy.verdict},
                   {"restarts_per_second", policy.times},
                   {"shortest_life_ns", policy.shortest_life},
                   {"decide", policy.decide},
                   {"before", policy.before},
                   {"clean_up", policy.clean_up},
                   {"clean_up_ns", policy.clean_up_time},
                   {"after", policy.after}});
}

Value seal(const Seal &seal) {
    return object({{"name", seal.name},
                   {"sealed", seal.begin != 0},
                   {"begin", address(seal.begin)},
                   {"end", address(seal.end)},
                   {"text", seal.text}});
}

Value counts(const std::map<std::string, uint64_t> &counts) {
    return each(counts, [](const auto &count) {
        return object({{"encoding", count.first}, {"offsets", count.second}});
    });
}

Value trusted(const Facts &facts) {
    uint64_t wrpkru = 0;
    for (const auto &site : facts.sites) {
        wrpkru += site.encoding == "wrpkru" ? 1 : 0;
    }
    const auto bytes = [&](const char *owner) {
        const auto found = facts.code.find(owner);
        return found == facts.code.end() ? uint64_t{0} : found->second.bytes;
    };
    return object({{"runtime_bytes", bytes("runtime")},
                   {"app_bytes", bytes("app")},
                   {"wrpkru_sites", wrpkru},
                   {"lines_known", facts.lines.is_known},
                   {"lines", facts.lines.all},
                   {"lines_of_code", facts.lines.code}});
}

} // namespace

std::string json(const Facts &facts) {
    const Value all = object({
        {"schema", 1u},
        {"image", facts.image},
        {"options", options(facts.options)},
        {"keys",
         each(facts.keys, [&](const auto &row) { return key(facts, row.first, row.second); })},
        {"loaded", each(facts.loaded,
                        [&](const auto &row) {
                            return object({{"name", row.name},
                                           {"key", row.key},
                                           {"executable", row.is_executable},
                                           {"begin", address(row.begin)},
                                           {"end", address(row.end)}});
                        })},
        {"regions", each(facts.regions, [&](const auto &row) { return region(facts, row); })},
        {"entries", each(facts.entries, [&](const auto &row) { return entry(facts, row); })},
        {"services", each(facts.services,
                          [&](const auto &row) {
                              return object({{"number", row.number},
                                             {"handler", row.handler},
                                             {"callers", names(facts, row.callers)}});
                          })},
        {"cross_calls", each(facts.cross_calls,
                             [&](const auto &row) {
                                 return object({{"number", row.number},
                                                {"caller", facts.name_of(row.caller)},
                                                {"callee", facts.name_of(row.callee)},
                                                {"function", row.function}});
                             })},
        {"system_calls", each(facts.calls, [&](const auto &row) { return call(facts, row); })},
        {"policies", each(facts.policies, [&](const auto &row) { return policy(facts, row); })},
        {"seals", each(facts.seals, seal)},
        {"sites", each(facts.sites,
                       [](const auto &row) {
                           return object({{"place", place(row.place)}, {"encoding", row.encoding}});
                       })},
        {"patched", each(facts.patched,
                         [](const auto &row) {
                             return object({{"place", place(row.place)}, {"feature", row.feature}});
                         })},
        {"exceptions", each(facts.exceptions,
                            [](const auto &row) {
                                return object({{"instruction", place(row.instruction)},
                                               {"fixup", place(row.fixup)}});
                            })},
        {"code", each(facts.code,
                      [](const auto &row) {
                          return object({{"owner", row.first},
                                         {"bytes", row.second.bytes},
                                         {"own_space_bytes", row.second.own_space_bytes},
                                         {"mediated", counts(row.second.mediated)},
                                         {"noted", counts(row.second.noted)}});
                      })},
        {"absent", each(facts.absent,
                        [](const auto &row) {
                            return object({{"owner", row.first},
                                           {"functions", each(row.second, [](const auto &name) {
                                                return Value(name);
                                            })}});
                        })},
        {"trusted", trusted(facts)},
        {"hashes",
         each(facts.hashes,
              [](const auto &row) {
                  return object({{"what", row.what}, {"bytes", row.bytes}, {"sha256", row.sha256}});
              })},
    });
    return all.text + "\n";
}

} // namespace linker::audit
