/// The authority of an image: its names, and questions about it.
#include "linker/audit/facts.h"

#include <algorithm>

#include "rt/base/pkru_values.h"

namespace linker::audit {

std::string Facts::name_of(unsigned key) const {
    const auto found = keys.find(key);
    return found == keys.end() ? "key " + std::to_string(key) : found->second.name;
}

unsigned Facts::key_of(std::string_view name) const {
    for (const auto &[number, key] : keys) {
        if ((key.is_domain || key.is_data) && key.name == name) {
            return number;
        }
    }
    return 0;
}

std::string Facts::after_a_fault(unsigned domain) const {
    const auto found = std::find_if(policies.begin(), policies.end(),
                                    [&](const auto &policy) { return policy.domain == domain; });
    if (found == policies.end() || found->verdict == "keep") {
        return "kept";
    }
    return found->verdict == "restart"   ? "restarted"
           : found->verdict == "give_up" ? "given up"
                                         : "left to " + found->decide;
}

namespace {

/// Two bits of a view: 00 is read and write, 10 read-only, the others closed.
std::string_view rights(uint32_t view, unsigned key) {
    switch (view >> (2 * key) & 3) {
    case 0:
        return "writes";
    case 2:
        return "reads";
    default:
        return "";
    }
}

} // namespace

std::string_view Facts::always(unsigned domain, unsigned data) const {
    const auto found = keys.find(domain);
    return found == keys.end() || !found->second.is_domain ? "" : rights(found->second.view, data);
}

std::string_view Facts::lent(unsigned domain, unsigned data) const {
    std::string_view most;
    for (const auto &entry : entries) {
        const auto loan = entry.lent.find(data);
        if (entry.domain == domain && loan != entry.lent.end() && most != "writes") {
            most = loan->second;
        }
    }
    return most;
}

std::string_view unqualified(std::string_view function) {
    const auto end = std::min(function.find('<'), function.find(' '));
    const auto colons = function.substr(0, end).rfind("::");
    return colons == function.npos ? function : function.substr(colons + 2);
}

std::string label(const Facts &facts, unsigned domain, const std::string &function) {
    return facts.name_of(domain) + "." + std::string(unqualified(function));
}

std::string joined(const std::vector<std::string> &words) {
    std::string text;
    for (const auto &word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

std::string size_text(uint64_t bytes) {
    constexpr uint64_t kib = 1024;
    constexpr uint64_t mib = kib * kib;
    return bytes % mib == 0 ? std::to_string(bytes / mib) + "M" : std::to_string(bytes / kib) + "K";
}

std::vector<std::string> callers(const Facts &facts, const std::vector<unsigned> &keys) {
    std::vector<std::string> names;
    for (const unsigned key : keys) {
        names.push_back(key == POSTERN_KEY_MONITOR ? "the monitor" : facts.name_of(key));
    }
    return names;
}

} // namespace linker::audit
