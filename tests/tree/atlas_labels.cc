/// Each label has FROM and PKRU, each function its head and its end; no numeric labels.
#include <array>
#include <cctype>

#include "tests/tree/atlas.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

constexpr std::array<std::string_view, 4> function_head{
    "Prototype:", "Callers:", "PKRU before:", "PKRU after:"};

bool is_number(std::string_view name) {
    return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

/// Whether a text refers to a numeric label: `1f`, `2b`, not the end of `0x1f`.
bool names_numeric_label(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto begin = at;
        while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
            ++at;
        }
        if (at == begin || at == text.size() || (text[at] != 'f' && text[at] != 'b')) {
            continue;
        }
        const char before = begin == 0 ? ' ' : text[begin - 1];
        const char after = at + 1 == text.size() ? ' ' : text[at + 1];
        if (!is_word_character(before) && !contains("$.\\", std::string_view{&before, 1}) &&
            !is_word_character(after)) {
            return true;
        }
    }
    return false;
}

void check_label(const Assembly &assembly, const Label &label, Outcome &outcome) {
    if (is_number(label.name)) {
        outcome.add(assembly.path, label.line,
                    "numeric label " + label.name + "; name it .L<function>_<what>");
        return;
    }
    const Notation notation = notation_of(assembly, label);
    if (notation.text.empty()) {
        outcome.add(assembly.path, label.line,
                    label.name + " has no comment block directly above; state FROM and PKRU there");
        return;
    }
    if (!notation.from || notation.from->empty()) {
        outcome.add(assembly.path, label.line,
                    label.name + " has no FROM; list call, signal, malice, fall, fix-up, labels");
    }
    if (!notation.pkru) {
        outcome.add(assembly.path, label.line,
                    label.name + " has no PKRU; say whose view it is, proved or unknown");
    } else if (!has_word(*notation.pkru, "proved") && !has_word(*notation.pkru, "unknown")) {
        outcome.add(assembly.path, label.line,
                    "the PKRU of " + label.name + " says neither proved nor unknown; decide");
    }
    for (const auto entry : function_head) {
        if (label.is_function && !contains(notation.text, entry)) {
            outcome.add(assembly.path, label.line,
                        "the head of " + label.name + " has no `" + std::string{entry} +
                            "`; add the line");
        }
    }
}

void check_statements(const Assembly &assembly, Outcome &outcome) {
    std::string open;
    for (const auto &statement : assembly.statements) {
        for (const auto &operand : statement.operands) {
            if (!operand.starts_with("\"") && names_numeric_label(operand)) {
                outcome.add(assembly.path, statement.line,
                            "numeric label " + operand + "; name it .L<function>_<what>");
            }
        }
        const std::string name = statement.operands.empty() ? "" : statement.operands[0];
        if (statement.mnemonic == ".function") {
            if (!open.empty()) {
                outcome.add(assembly.path, statement.line,
                            open + " is still open; close it with .end_function " + open);
            }
            open = name;
        } else if (statement.mnemonic == ".end_function") {
            if (open.empty() || open != name) {
                outcome.add(assembly.path, statement.line,
                            ".end_function " + name + " closes " +
                                (open.empty() ? "nothing" : open) +
                                "; name the function that is open");
            }
            open.clear();
        }
    }
    if (!open.empty()) {
        outcome.add(assembly.path, assembly.statements.back().line,
                    open + " is still open; close it with .end_function " + open);
    }
}

} // namespace

Notation notation_of(const Assembly &assembly, const Label &label) {
    return read_notation(assembly.comment_above(label.line));
}

void check_labels(const Assemblies &assemblies, Outcome &outcome) {
    for (const auto &assembly : assemblies) {
        for (const auto &label : assembly.labels) {
            check_label(assembly, label, outcome);
        }
        check_statements(assembly, outcome);
    }
}

} // namespace tree
