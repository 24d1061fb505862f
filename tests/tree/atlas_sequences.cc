/// Checks the code after a wrpkru, and after a call that never returns.
#include <algorithm>

#include "tests/tree/atlas.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

constexpr std::size_t jumped_reach = 6; // lines, up and down
constexpr std::size_t reason_reach = 8; // lines up

/// Whether a comment of the lines [first, last] (1-based, cut to the file) holds `word`.
bool comment_within(const Assembly &assembly, std::size_t first, std::size_t last,
                    std::string_view word) {
    const auto end = std::min(last, assembly.comments.size());
    for (std::size_t line = std::max<std::size_t>(first, 1); line <= end; ++line) {
        const auto &comment = assembly.comments[line - 1];
        if (!trim(comment).empty() && contains(lower(comment), word)) {
            return true;
        }
    }
    return false;
}

std::size_t minus(std::size_t line, std::size_t reach) {
    return line > reach ? line - reach : 1;
}

bool compares_eax(const Statement &statement) {
    return statement.mnemonic.starts_with("cmp") &&
           std::find(statement.operands.begin(), statement.operands.end(), "%eax") !=
               statement.operands.end();
}

/// The compare of eax and its jump directly after a wrpkru.
void check_compare(const Assembly &assembly, std::size_t index, Outcome &outcome) {
    const Statement *const compare = assembly.next(index);
    const Statement *const branch =
        compare == nullptr
            ? nullptr
            : assembly.next(static_cast<std::size_t>(compare - assembly.statements.data()));
    if (compare == nullptr || !compares_eax(*compare) || branch == nullptr ||
        (branch->mnemonic != "jne" && branch->mnemonic != "je")) {
        outcome.add(assembly.path, assembly.statements[index].line,
                    "wrpkru without its compare; let `cmp ..., %eax` and `jne` follow at once");
    }
}

/// The comments around a wrpkru, or around a macro that has one.
void check_comments(const Assembly &assembly, const Statement &statement, Outcome &outcome) {
    const std::size_t line = statement.line;
    if (!comment_within(assembly, minus(line, jumped_reach), line + jumped_reach, "jumped")) {
        outcome.add(assembly.path, line,
                    "no comment within " + std::to_string(jumped_reach) + " lines of the " +
                        statement.mnemonic + " says `jumped`; say who could have jumped there");
    }
    if (line == 1 || !comment_within(assembly, minus(line, reason_reach), line - 1, "")) {
        outcome.add(assembly.path, line,
                    "no comment in the " + std::to_string(reason_reach) + " lines above the " +
                        statement.mnemonic + "; state the machine before it");
    }
}

void check_wrpkru(const Assembly &assembly, std::size_t index, Outcome &outcome) {
    check_compare(assembly, index, outcome);
    check_comments(assembly, assembly.statements[index], outcome);
}

/// Whether the statement is a wrpkru by the name of a header's macro. The macros of a .S file have
/// their notation in their own text.
bool is_switch(const Statement &statement, const Macros &macros) {
    const auto macro = macros.find(statement.mnemonic);
    return macro != macros.end() && macro->second.in_header && macro->second.writes_pkru;
}

/// Whether a comment says so: at the call, anywhere with the callee's name, or in the callee's
/// head.
bool never_returns(const Assemblies &assemblies, const Assembly &assembly,
                   const Statement &statement) {
    constexpr std::string_view mark = "never returns";
    const auto above = assembly.comment_above(statement.line);
    std::string around = assembly.comments[statement.line - 1];
    for (const auto &comment : above) {
        around += "\n" + comment;
    }
    if (contains(lower(around), mark)) {
        return true;
    }
    const std::string &callee = statement.operands[0];
    for (const auto &comment : assembly.comments) {
        if (contains(comment, callee + " never returns") ||
            contains(comment, callee + "` never returns") ||
            contains(comment, callee + "() never returns")) {
            return true;
        }
    }
    return std::any_of(assemblies.begin(), assemblies.end(), [&](const Assembly &other) {
        const Label *const label = other.label(callee);
        const bool is_visible = &other == &assembly || !callee.starts_with(".L");
        return label != nullptr && is_visible && label->is_function &&
               contains(lower(notation_of(other, *label).text), mark);
    });
}

void check_call(const Assemblies &assemblies, const Assembly &assembly, std::size_t index,
                Outcome &outcome) {
    const Statement &call = assembly.statements[index];
    if (call.operands.empty() || !never_returns(assemblies, assembly, call)) {
        return;
    }
    const Statement *const next = assembly.next(index);
    if (next == nullptr || next->mnemonic != "ud2") {
        outcome.add(assembly.path, call.line,
                    call.operands[0] + " never returns; let `ud2` follow the call");
    }
}

} // namespace

void check_sequences(const Assemblies &assemblies, const Assemblies &headers, const Macros &macros,
                     Outcome &outcome) {
    for (const auto &assembly : assemblies) {
        for (std::size_t index = 0; index < assembly.statements.size(); ++index) {
            const Statement &statement = assembly.statements[index];
            if (statement.mnemonic == "wrpkru") {
                check_wrpkru(assembly, index, outcome);
            } else if (is_switch(statement, macros)) {
                check_comments(assembly, statement, outcome);
            } else if (statement.is_call()) {
                check_call(assemblies, assembly, index, outcome);
            }
        }
    }
    for (const auto &header : headers) {
        for (std::size_t index = 0; index < header.statements.size(); ++index) {
            if (header.statements[index].mnemonic == "wrpkru") {
                check_wrpkru(header, index, outcome);
            }
        }
    }
}

} // namespace tree
