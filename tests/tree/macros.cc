/// The macros of assembly: which of their parameters they jump to, and which of them write PKRU.
#include "tests/tree/macros.h"

#include <algorithm>

#include "tests/tree/assembly_line.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

/// The words between commas and spaces, as a macro takes its arguments.
std::vector<std::string> arguments_of(const Statement &use) {
    std::vector<std::string> arguments;
    for (const auto &operand : use.operands) {
        for (auto &word : split(operand, ' ')) {
            arguments.push_back(std::move(word));
        }
    }
    return arguments;
}

/// The labels that a statement jumps to, as it names them.
std::vector<std::string> targets_of(const Statement &statement, const Macros &macros) {
    const auto used = macros.find(statement.mnemonic);
    if (used != macros.end()) {
        return jumped_to(used->second, statement);
    }
    if (statement.is_jump() && !statement.operands.empty()) {
        return {statement.operands[0]};
    }
    return {};
}

/// Whether control goes on after a macro with this last statement: told of conditional jumps, of
/// what ends the flow, and of macros that end with one of them.
std::optional<bool> falls_after(const Statement &last, const Macros &macros) {
    const auto used = macros.find(last.mnemonic);
    if (used != macros.end()) {
        return used->second.falls;
    }
    if (last.ends_flow()) {
        return false;
    }
    return last.is_jump() ? std::optional{true} : std::nullopt;
}

/// Adds what the statements of one macro do. Whether there was anything to add.
bool resolve(Macro &macro, const Macros &macros) {
    const auto jumps = macro.jumps_to.size();
    const bool wrote = macro.writes_pkru;
    const auto fell = macro.falls;
    const Statement *last = nullptr;
    for (const auto &statement : macro.body) {
        for (const auto &target : targets_of(statement, macros)) {
            const auto parameter =
                std::find(macro.parameters.begin(), macro.parameters.end(),
                          target.starts_with("\\") ? target.substr(1) : std::string{});
            if (parameter != macro.parameters.end()) {
                macro.jumps_to.insert(
                    static_cast<std::size_t>(parameter - macro.parameters.begin()));
            }
        }
        const auto used = macros.find(statement.mnemonic);
        macro.writes_pkru = macro.writes_pkru || statement.mnemonic == "wrpkru" ||
                            (used != macros.end() && used->second.writes_pkru);
        last = statement.is_transparent() ? last : &statement;
    }
    macro.falls = last == nullptr ? std::nullopt : falls_after(*last, macros);
    return macro.jumps_to.size() != jumps || macro.writes_pkru != wrote || macro.falls != fell;
}

} // namespace

void read_macros(const SourceFile &file, Macros &macros) {
    Lexer lexer;
    Macro *current = nullptr;
    for (std::size_t index = 0; index < file.lines.size(); ++index) {
        for (const auto &part : lexer.read(file.lines[index]).parts) {
            if (part.mnemonic == ".macro" && !part.operands.empty()) {
                current = &(macros[part.operands[0]] = {});
                current->in_header = file.extension() == ".h";
                current->parameters.assign(part.operands.begin() + 1, part.operands.end());
            } else if (part.mnemonic == ".endm") {
                current = nullptr;
            } else if (current != nullptr && !part.is_label) {
                current->body.push_back({index + 1, part.mnemonic, part.operands, ""});
            }
        }
    }
}

void resolve_macros(Macros &macros) {
    for (bool changed = true; changed;) {
        changed = false;
        for (auto &[name, macro] : macros) {
            changed = resolve(macro, macros) || changed;
        }
    }
}

std::vector<std::string> jumped_to(const Macro &macro, const Statement &use) {
    const auto arguments = arguments_of(use);
    std::vector<std::string> targets;
    for (const std::size_t parameter : macro.jumps_to) {
        const std::string name = macro.parameters[parameter] + "=";
        const auto named = std::find_if(arguments.begin(), arguments.end(),
                                        [&](const auto &text) { return text.starts_with(name); });
        if (named != arguments.end()) {
            targets.push_back(named->substr(name.size()));
        } else if (parameter < arguments.size()) {
            targets.push_back(arguments[parameter]);
        }
    }
    return targets;
}

} // namespace tree
