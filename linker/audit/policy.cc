/// Checks the assertions of an app's policy file, one a line, against an image's authority.
#include "linker/audit/policy.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "linker/verify/image.h"
#include "linker/verify/owners.h"
#include "rt/base/pkru_values.h"

namespace linker::audit {
namespace {

using Words = std::vector<std::string>;

/// The words of a line without commas, "and" and "the".
Words words_of(std::string line) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream stream(line);
    Words words;
    for (std::string word; stream >> word;) {
        if (word != "and" && word != "the") {
            words.push_back(word);
        }
    }
    return words;
}

bool has(const Words &words, const std::string &word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string or_nobody(const Words &words) {
    return words.empty() ? "nobody" : joined(words);
}

/// "" if `allowed` has every word of `actual`; otherwise all words of `actual`.
std::string beyond(const Words &actual, const Words &allowed) {
    for (const auto &word : actual) {
        if (!has(allowed, word)) {
            return joined(actual);
        }
    }
    return "";
}

/// "vualt is no domain of signer", for the first name that the image does not have; else "".
std::string unknown(const Facts &facts, const Words &names) {
    for (const auto &name : names) {
        const unsigned key = facts.key_of(name);
        if (name != "monitor" && (key == 0 || !facts.keys.at(key).is_domain)) {
            return name + " is no domain of " + facts.image;
        }
    }
    return "";
}

/// Whether `name`, such as "vault.add" or "vault.*", means the entry.
bool is_meant(const Facts &facts, unsigned domain, const std::string &function,
              const std::string &name) {
    return name == label(facts, domain, function) || name == facts.name_of(domain) + ".*";
}

/// only WHO calls DOMAIN.FUNCTION, or nobody calls it.
std::string against_calls(const Facts &facts, const Words &allowed, const std::string &name) {
    Words known;
    bool is_known = false;
    for (const auto &entry : facts.entries) {
        known.push_back(label(facts, entry.domain, entry.function));
        if (!is_meant(facts, entry.domain, entry.function, name)) {
            continue;
        }
        is_known = true;
        Words actual;
        for (const unsigned caller : entry.callers) {
            actual.push_back(facts.name_of(caller));
        }
        if (const auto more = beyond(actual, allowed); !more.empty()) {
            return known.back() + " is called by " + more;
        }
    }
    const unsigned whole = name.ends_with(".*") ? facts.key_of(name.substr(0, name.size() - 2)) : 0;
    const bool is_whole_domain = whole != 0 && facts.keys.at(whole).is_domain;
    return is_known || is_whole_domain
               ? ""
               : "there is no entry " + name + "; entries are: " + or_nobody(known);
}

/// only WHO reads, or writes, DATA: always, or in calls that lend it.
std::string against_data(const Facts &facts, const Words &allowed, bool writes,
                         const std::string &name) {
    const unsigned data = facts.key_of(name);
    if (data == 0 || !facts.keys.at(data).is_data) {
        return name + " is no data domain of " + facts.image;
    }
    Words actual;
    for (const auto &[number, key] : facts.keys) {
        const auto always = facts.always(number, data);
        const auto lent = facts.lent(number, data);
        if (writes ? always == "writes" || lent == "writes" : !always.empty() || !lent.empty()) {
            actual.push_back(key.name);
        }
    }
    const auto more = beyond(actual, allowed);
    return more.empty() ? "" : name + (writes ? " is written by " : " is read by ") + more;
}

/// All that a domain has of the kind that `noun` names.
Words possessions(const Facts &facts, unsigned domain, const std::string &noun) {
    Words all;
    if (noun == "syscalls") {
        for (const auto &call : facts.calls) {
            if (call.domain == domain && call.is_granted) {
                all.push_back(call.name);
            }
        }
    } else if (noun == "services") {
        for (const auto &service : facts.services) {
            if (service.number != 0 && std::find(service.callers.begin(), service.callers.end(),
                                                 domain) != service.callers.end()) {
                all.emplace_back(unqualified(service.handler));
            }
        }
    } else if (noun == "cross_calls") {
        for (const auto &cross_call : facts.cross_calls) {
            if (cross_call.caller == domain) {
                all.push_back(label(facts, cross_call.callee, cross_call.function));
            }
        }
    } else if (noun == "loans") {
        for (const auto &[number, key] : facts.keys) {
            if (!facts.lent(domain, number).empty()) {
                all.push_back(key.name);
            }
        }
    } else if (noun == "heap") {
        if (const auto found = facts.keys.find(domain);
            found != facts.keys.end() && found->second.heap.bytes != 0) {
            all.push_back(size_text(found->second.heap.bytes));
        }
    } else if (const auto code = facts.code.find(facts.name_of(domain)); code != facts.code.end()) {
        for (const auto &[name, count] : code->second.mediated) {
            all.push_back(name);
        }
        if (code->second.own_space_bytes != 0) {
            all.emplace_back("any instruction in its own space");
        }
    }
    return all;
}

bool is_noun(const std::string &word) {
    return has({"syscalls", "services", "cross_calls", "loans", "heap", "mediated"}, word);
}

/// DOMAIN has no NOUN, or DOMAIN has NOUN NAME, NAME.
std::string against_possessions(const Facts &facts, const Words &words) {
    const bool none = words[2] == "no";
    const auto &noun = words[none ? 3 : 2];
    if (const auto wrong = unknown(facts, {words[0]}); !wrong.empty()) {
        return wrong;
    }
    if (noun == "mediated" && !facts.code.contains(verify::runtime_owner)) {
        return "the owners of bytes are not known: verify with --link";
    }
    const Words allowed(words.begin() + (none ? 4 : 3), words.end());
    if (none && allowed != (noun == "mediated" ? Words{"bytes"} : Words{})) {
        return "\"no " + noun + "\" ends an assertion: write one assertion a line";
    }
    for (const auto &word : allowed) {
        if (is_noun(word) || has({"no", "has", "is", "but"}, word) || word.starts_with('#')) {
            return word + " is no name: write one assertion a line";
        }
    }
    const auto more = beyond(possessions(facts, facts.key_of(words[0]), noun), allowed);
    return more.empty() ? "" : words[0] + " has " + noun + " " + more;
}

/// domains are NAME, NAME: these and no others, data domains left out.
std::string against_domains(const Facts &facts, Words wanted) {
    Words actual;
    for (const auto &[number, key] : facts.keys) {
        if (key.is_domain) {
            actual.push_back(key.name);
        }
    }
    const auto domains = actual;
    std::sort(actual.begin(), actual.end());
    std::sort(wanted.begin(), wanted.end());
    return actual == wanted ? "" : "domains are " + or_nobody(domains);
}

std::string against_untrusted(const Facts &facts, const std::string &name) {
    if (const auto wrong = unknown(facts, {name}); !wrong.empty()) {
        return wrong;
    }
    const auto &key = facts.keys.at(facts.key_of(name));
    return key.is_trusted       ? name + " is declared TRUSTED"
           : key.writes_key_0() ? name + " may write key 0: WRITES_KEY_0"
                                : "";
}

/// NAME is VERDICT: its policy does so after each fault.
std::string against_verdict(const Facts &facts, const std::string &name,
                            const std::string &verdict) {
    if (const auto wrong = unknown(facts, {name}); !wrong.empty()) {
        return wrong;
    }
    const auto actual = facts.after_a_fault(facts.key_of(name));
    return actual == verdict ? "" : name + " is " + actual;
}

/// only WHO... VERB WHAT, or nobody VERB WHAT.
std::string against_only(const Facts &facts, const Words &words) {
    const bool nobody = words[0] == "nobody";
    const auto &verb = words[words.size() - 2];
    const auto named = words.begin() + 1;
    const Words allowed(named, nobody ? named : words.end() - 2);
    if (const auto wrong = unknown(facts, allowed); !wrong.empty()) {
        return wrong;
    }
    return verb.starts_with("call")
               ? against_calls(facts, allowed, words.back())
               : against_data(facts, allowed, verb.starts_with("write"), words.back());
}

} // namespace

std::string against(const Facts &facts, const std::string &assertion) {
    const auto words = words_of(assertion);
    const auto is = [&](const char *text) { return words == words_of(text); };
    const auto &options = facts.options;
    const std::size_t count = words.size();
    const Words verbs{"calls", "call", "reads", "read", "writes", "write"};
    if (count >= 3 && has(verbs, words[count - 2]) &&
        ((words[0] == "only" && count >= 4) || (words[0] == "nobody" && count == 3))) {
        return against_only(facts, words);
    }
    if (count >= 3 && words[0] == "domains" && words[1] == "are") {
        return against_domains(facts, {words.begin() + 2, words.end()});
    }
    if (count == 3 && words[1] == "is" && words[2] == "untrusted") {
        return against_untrusted(facts, words[0]);
    }
    if (count == 3 && words[1] == "is" && has({"kept", "restarted"}, words[2])) {
        return against_verdict(facts, words[0], words[2]);
    }
    if (count == 4 && words[1] == "is" && words[2] == "given" && words[3] == "up") {
        return against_verdict(facts, words[0], "given up");
    }
    if (count >= 4 && words[1] == "has" && is_noun(words[words[2] == "no" ? 3 : 2]) &&
        words[2] != "mediated") {
        return against_possessions(facts, words);
    }
    if (is("the map is sealed")) {
        return options.unsealed ? "UNSEALED leaves it open" : "";
    }
    if (is("the filter is strict")) {
        return options.filter == "strict" ? "" : "the filter is " + std::string(options.filter);
    }
    if (is("the image is always isolated")) {
        return options.allows_no_isolation ? "ALLOW_NO_ISOLATION lets it run without" : "";
    }
    if (is("the image needs keys")) {
        return options.requires_keys ? "" : "without REQUIRES_KEYS it runs in address spaces, too";
    }
    if (is("no descriptors are kept")) {
        return options.kept_descriptors.empty()
                   ? ""
                   : "KEEPS_DESCRIPTORS names " + std::to_string(options.kept_descriptors.front());
    }
    return "this is no assertion: linker/audit/README.md lists them";
}

std::vector<std::string> failures(const Facts &facts, const std::string &path) {
    std::ifstream file(path);
    if (!file) {
        throw verify::Unreadable(path + ": cannot be read: check the file that POLICY names");
    }
    std::vector<std::string> lines;
    std::string line;
    bool is_empty = true;
    for (unsigned number = 1; std::getline(file, line); ++number) {
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        is_empty = false;
        const auto reason = line.find('\r') != line.npos ? "lines end with \\r alone: write \\n"
                                                         : against(facts, line);
        if (!reason.empty()) {
            lines.push_back(path + ":" + std::to_string(number) + ": \"" + line +
                            "\" does not hold: " + reason);
        }
    }
    if (is_empty) {
        throw verify::Unreadable(path + ": asserts nothing: leave POLICY out, or write a line");
    }
    return lines;
}

} // namespace linker::audit
