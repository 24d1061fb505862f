/// An image's authority as text; golden files pin it.
#include <algorithm>

#include "linker/audit/text.h"
#include "rt/base/pkru_values.h"

namespace linker::audit {
namespace {

using Texts = std::vector<std::string>;

std::string or_none(const Texts &words) {
    return words.empty() ? "none" : joined(words);
}

std::string options_text(const Options &options) {
    Texts words{"filter " + std::string(options.filter)};
    const auto add = [&](std::string_view text) {
        if (!text.empty()) {
            words.emplace_back(text);
        }
    };
#define OPTION(field, word, tests_only, given, absent, ...) add(options.field ? given : absent);
#include "linker/options.inc"
    std::string kept = "descriptors kept: 0 1 2";
    for (const unsigned number : options.kept_descriptors) {
        kept += " " + std::to_string(number);
    }
    words.push_back(kept);
    return "options: " + joined(words) + "\n";
}

/// The domains that have a data domain, always or during a call.
std::string holders(const Facts &facts, unsigned data) {
    Texts words;
    for (const auto &[number, key] : facts.keys) {
        if (const auto has = facts.always(number, data); !has.empty()) {
            words.push_back(key.name + " " + std::string(has));
        }
        if (const auto lent = facts.lent(number, data); !lent.empty()) {
            words.push_back(key.name + " " + std::string(lent) + " while it is lent");
        }
    }
    return words.empty() ? "held by no domain; the monitor copies to and from it" : joined(words);
}

std::string heap_text(const Heap &heap) {
    return heap.bytes == 0
               ? ""
               : ", heap of " + size_text(heap.bytes) + " (keeps " + size_text(heap.kept) +
                     " at a restart" + (heap.is_fatal ? ", FATAL" : "") +
                     (heap.is_populated ? ", POPULATED" : "") + ")";
}

std::string key_text(const Facts &facts, unsigned number, const Key &key) {
    const auto line = "  " + std::to_string(number) + " " + key.name + ": ";
    const std::string sharing = key.is_shared_memory ? "shared memory" : "private memory";
    if (number == POSTERN_KEY_SHARED) {
        return line + "code and constants, which everybody reads\n";
    }
    if (number == POSTERN_KEY_MONITOR) {
        return line + "all that is not a domain's\n";
    }
    if (number == POSTERN_KEY_FRAME) {
        return line + "signal frames before Linux 6.12\n";
    }
    if (key.is_data) {
        return line + "data domain, " + sharing + "; " + holders(facts, number) + "\n";
    }
    const std::string gate = !key.has_gate      ? "no gate: nothing calls it"
                             : key.is_own_space ? "own space: any instruction"
                             : key.is_trusted   ? "trusted gate"
                                              : "gate wipes all registers";
    const std::string log = key.log_budget == 0
                                ? ", logs nothing"
                                : ", logs " + std::to_string(key.log_budget) + " bytes a second";
    return line + "domain, " + sharing + ", " + gate + log + heap_text(key.heap) +
           (key.writes_key_0() ? ", WRITES KEY 0" : "") + "\n";
}

std::string entries_text(const Facts &facts) {
    std::string text = "entries, and who calls them\n";
    for (const auto &entry : facts.entries) {
        text += "  " + facts.name_of(entry.domain) + ": " + entry.function + ": " +
                joined(callers(facts, entry.callers));
        for (const auto &[data, rights] : entry.lent) {
            text += ", lending " + facts.name_of(data) + ", which it " + std::string(rights);
        }
        text += "\n";
    }
    return facts.entries.empty() ? "entries: none\n" : text;
}

std::string services_text(const Facts &facts) {
    std::string text = "services of the monitor, and who may ask\n";
    for (const auto &service : facts.services) {
        text += "  " + std::to_string(service.number) + " " + service.handler + ": " +
                or_none(callers(facts, service.callers)) + "\n";
    }
    return facts.services.empty() ? "services: none, no domain's code has the gate\n" : text;
}

std::string cross_calls_text(const Facts &facts) {
    std::string text = "cross_calls\n";
    for (const auto &cross_call : facts.cross_calls) {
        text += "  " + std::to_string(cross_call.number) + " " + facts.name_of(cross_call.caller) +
                " -> " + facts.name_of(cross_call.callee) + ": " + cross_call.function + "\n";
    }
    return facts.cross_calls.empty() ? "cross_calls: none\n" : text;
}

std::string calls_text(const Facts &facts) {
    std::string text = "system calls\n";
    for (const auto &[number, key] : facts.keys) {
        if (!key.is_domain) {
            continue;
        }
        Texts lines;
        for (const auto &call : facts.calls) {
            if (call.domain == number) {
                lines.push_back(call.name +
                                (call.is_granted
                                     ? " granted (" + joined(call.parameters) + ")"
                                     : " answered with error " + std::to_string(call.error)));
            }
        }
        text += "  " + key.name + ":" + (lines.empty() ? " none\n" : "\n");
        for (const auto &line : lines) {
            text += "    " + line + "\n";
        }
    }
    return text;
}

/// Only of images whose app has a table.
std::string policies_text(const Facts &facts) {
    std::string text = "after a fault; a domain without a line is kept as the fault left it\n";
    for (const auto &policy : facts.policies) {
        Texts words{facts.after_a_fault(policy.domain)};
        if (policy.times != 0) {
            words.push_back("a rest after more than " + std::to_string(policy.times) +
                            " restarts in a second");
        }
        if (policy.shortest_life != 0) {
            words.push_back("a rest after a life of less than " +
                            std::to_string(policy.shortest_life) + " ns");
        }
        if (!policy.before.empty()) {
            words.push_back(policy.before + " before it");
        }
        if (!policy.clean_up.empty()) {
            words.push_back("a clean-up by " + policy.clean_up + " for " +
                            std::to_string(policy.clean_up_time) + " ns at most");
        }
        if (!policy.after.empty()) {
            words.push_back(policy.after + " after it");
        }
        text += "  " + facts.name_of(policy.domain) + ": " + joined(words) + "\n";
    }
    return facts.policies.empty() ? "" : text;
}

/// Only of images in which a domain lacks some.
std::string absent_text(const Facts &facts) {
    std::string text;
    for (const auto &[owner, names] : facts.absent) {
        text += "  " + owner + ": " + joined(names) + "\n";
    }
    return text.empty() ? text : "functions that a domain refers to and does not have\n" + text;
}

std::string seals_text(const Facts &facts) {
    std::string text = facts.options.unsealed ? "not sealed: UNSEALED\n" : "sealed at start\n";
    for (const auto &seal : facts.seals) {
        text += "  " + seal.name + (seal.begin == 0 ? ", not: " : ": ") + seal.text + "\n";
    }
    return text;
}

/// Sorted by name, because the linker's order has no meaning. Equal entries are one line with their
/// number.
std::string counted(const std::string &title, Texts lines) {
    std::sort(lines.begin(), lines.end());
    std::string text = title + "\n";
    for (std::size_t at = 0; at < lines.size();) {
        const auto end = std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end(),
                                      [&](const auto &line) { return line != lines[at]; });
        const auto count = static_cast<std::size_t>(end - lines.begin()) - at;
        text +=
            "  " + lines[at] + (count == 1 ? "" : ", " + std::to_string(count) + " times") + "\n";
        at += count;
    }
    return lines.empty() ? title + ": none\n" : text;
}

std::string sites_text(const Facts &facts) {
    Texts sites;
    for (const auto &site : facts.sites) {
        sites.push_back(site.place.function + ": " + site.encoding);
    }
    Texts patched;
    for (const auto &row : facts.patched) {
        patched.push_back(row.place.function + ": " + row.feature);
    }
    Texts exceptions;
    for (const auto &row : facts.exceptions) {
        exceptions.push_back(row.instruction.function + " -> " + row.fixup.function);
    }
    return counted("sites that change a view or a base", sites) +
           counted("sites that start-up patches, and where", patched) +
           counted("exception table", exceptions);
}

} // namespace

std::string authority(const Facts &facts) {
    std::string text = facts.image + ": what each part may do\n" + options_text(facts.options);
    text += "keys\n";
    for (const auto &[number, key] : facts.keys) {
        text += key_text(facts, number, key);
    }
    return text + entries_text(facts) + services_text(facts) + cross_calls_text(facts) +
           calls_text(facts) + policies_text(facts) + absent_text(facts) + seals_text(facts) +
           sites_text(facts);
}

} // namespace linker::audit
