/// An assembly file as its labels, statements and comments, macros and loops as written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tree/repository.h"

namespace tree {

/// The kind of line before a label in the same section.
enum class Before { nothing, statement, label };

/// `NAME:` or `.function NAME`; names are kept as written, without `\()`.
struct Label {
    std::string name;
    std::size_t line;
    bool is_function;
    Before before;
    std::size_t statement; // index of the first statement after it
};

/// An instruction, a directive or the use of a macro; prefixes such as `rep` are dropped.
struct Statement {
    std::size_t line;
    std::string mnemonic;
    std::vector<std::string> operands;
    std::string under; // the nearest label above, or the macro whose body this is; or ""

    /// Neither code nor data: alignment, symbol attributes, unwind information.
    bool is_transparent() const;
    /// `jmp`, `jcc`, `loop` ...
    bool is_jump() const;
    bool is_call() const { return mnemonic == "call" || mnemonic == "callq"; }
    /// Whether the next statement runs only if somebody jumps to it.
    bool ends_flow() const;
};

struct Assembly {
    std::string path;
    std::vector<std::string> comments;   // per line, without slashes; "" where there is none
    std::vector<bool> is_comment_line;   // nothing but a comment
    std::vector<bool> is_attribute_line; // nothing but transparent directives
    std::vector<Label> labels;           // of executable sections
    std::vector<Statement> statements;

    const Label *label(std::string_view name) const;
    /// The comment lines directly above a line, first to last; `.globl` and its like may come
    /// between.
    std::vector<std::string> comment_above(std::size_t line) const;
    /// The next instruction, macro or datum in the same function or body, or null.
    const Statement *next(std::size_t statement) const;
};

Assembly read_assembly(const SourceFile &file);

} // namespace tree
