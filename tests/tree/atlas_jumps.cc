/// Each direct jump is declared at both ends, and `fall` where control falls in.
#include <algorithm>
#include <optional>

#include "tests/tree/atlas.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

/// A direct jump (or call) as written: `from` is the label that it is under.
struct Jump {
    const Assembly *assembly;
    std::size_t line;
    std::string from;
    std::string to;
    bool is_call;
};

struct Target {
    const Assembly *assembly;
    const Label *label;
};

std::vector<Jump> collect_jumps(const Assemblies &assemblies, const Macros &macros) {
    std::vector<Jump> jumps;
    for (const auto &assembly : assemblies) {
        for (const auto &statement : assembly.statements) {
            const auto add = [&](const std::string &to) {
                jumps.push_back(
                    {&assembly, statement.line, statement.under, to, statement.is_call()});
            };
            const auto macro = macros.find(statement.mnemonic);
            constexpr std::size_t where_to = 2; // of `jump_where feature, begin, target` (rt/patch)
            if (statement.mnemonic == "jump_where" && statement.operands.size() > where_to) {
                add(statement.operands[where_to]);
            } else if (macro != macros.end()) {
                for (const auto &target : jumped_to(macro->second, statement)) {
                    add(target);
                }
            } else if ((statement.is_jump() || statement.is_call()) &&
                       !statement.operands.empty() && !statement.operands[0].starts_with("*")) {
                add(statement.operands[0]);
            }
        }
    }
    return jumps;
}

/// The label in the same file, or a global one in any other.
std::optional<Target> find_target(const Assemblies &assemblies, const Jump &jump) {
    if (const Label *const label = jump.assembly->label(jump.to)) {
        return Target{jump.assembly, label};
    }
    if (jump.to.starts_with(".L")) {
        return {};
    }
    for (const auto &assembly : assemblies) {
        if (const Label *const label = assembly.label(jump.to)) {
            return Target{&assembly, label};
        }
    }
    return {};
}

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// `1f`, `2b`: check_labels speaks about these.
bool is_numeric_label(std::string_view text) {
    const auto end = text.find_first_not_of("0123456789");
    return end != 0 && end != text.npos && end + 1 == text.size() &&
           (text[end] == 'f' || text[end] == 'b');
}

bool is_name(std::string_view text) {
    return text != "." && !is_digit(text[0]) &&
           std::all_of(text.begin(), text.end(), [](char character) {
               return is_word_character(character) || character == '.' || character == '\\';
           });
}

void check_jump(const Assemblies &assemblies, const Jump &jump, Outcome &outcome) {
    const auto add = [&](const std::string &what) {
        outcome.add(jump.assembly->path, jump.line, what);
    };
    if (!is_name(jump.to)) {
        return add("jump to `" + jump.to + "`; jump to a label of its own");
    }
    const auto target = find_target(assemblies, jump);
    if (!target) {
        if (jump.to.starts_with(".L")) {
            add("jump to " + jump.to + ", which this file does not define as written; declare it");
        }
        return;
    }
    const Notation notation = notation_of(*target->assembly, *target->label);
    if (target->assembly != jump.assembly && notation.has_from("call")) {
        return; // a tail call: named or not
    }
    if (jump.is_call && !jump.to.starts_with(".L")) {
        if (!notation.has_from("call")) {
            add("a call of " + jump.to + ", whose FROM has no call; add it there");
        }
    } else if (jump.from.empty()) {
        add("a jump under no label; give it one");
    } else if (!notation.has_from(jump.from)) {
        add("a jump from " + jump.from + " that the FROM of " + jump.to + " (" +
            target->assembly->path + ":" + std::to_string(target->label->line) +
            ") does not name; add " + jump.from + " there");
    }
}

void check_sources(const Assemblies &assemblies, const std::vector<Jump> &jumps,
                   const Assembly &assembly, const Label &label, Outcome &outcome) {
    const Notation notation = notation_of(assembly, label);
    for (const auto &source : notation.from.value_or(std::vector<std::string>{})) {
        const bool is_real = std::any_of(jumps.begin(), jumps.end(), [&](const Jump &jump) {
            if (jump.from != source || jump.to != label.name) {
                return false;
            }
            const auto target = find_target(assemblies, jump);
            return target && target->label == &label;
        });
        if (!is_source_word(source) && !is_real) {
            outcome.add(assembly.path, label.line,
                        "FROM of " + label.name + " names `" + source +
                            "`, but no jump under it comes here; delete it, or write the jump");
        }
    }
}

/// Whether control runs into the label from above; nothing where that cannot be told, as after most
/// macros or after code written as bytes.
std::optional<bool> falls_in(const Assembly &assembly, const Label &label, const Macros &macros) {
    if (label.before == Before::nothing) {
        return {};
    }
    if (label.before == Before::label) {
        return true;
    }
    std::size_t index = label.statement - (label.is_function ? 1 : 0);
    while (index > 0) {
        const Statement &statement = assembly.statements[--index];
        const auto &name = statement.mnemonic;
        if (statement.ends_flow()) {
            return false;
        }
        if (!statement.is_transparent() && name != ".end_function" && name != ".irp" &&
            name != ".endr") {
            const auto macro = macros.find(name);
            if (macro != macros.end()) {
                return macro->second.falls;
            }
            return name.starts_with(".") ? std::nullopt : std::optional{true};
        }
    }
    return {};
}

} // namespace

void check_jumps(const Assemblies &assemblies, const Macros &macros, Outcome &outcome) {
    const auto jumps = collect_jumps(assemblies, macros);
    for (const auto &jump : jumps) {
        const bool is_parameter = jump.to.starts_with("\\") && !jump.assembly->label(jump.to);
        if (!is_numeric_label(jump.to) && !is_parameter) { // a parameter: where it is used
            check_jump(assemblies, jump, outcome);
        }
    }
    for (const auto &assembly : assemblies) {
        for (const auto &label : assembly.labels) {
            check_sources(assemblies, jumps, assembly, label, outcome);
            const bool declared = notation_of(assembly, label).has_from("fall");
            const auto falls = falls_in(assembly, label, macros);
            if (falls && *falls != declared) {
                outcome.add(assembly.path, label.line,
                            *falls ? "control falls into " + label.name + "; add fall to its FROM"
                                   : "FROM of " + label.name +
                                         " has fall, but nothing falls in; delete it");
            }
        }
    }
}

} // namespace tree
