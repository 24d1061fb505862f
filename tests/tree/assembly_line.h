/// One line of assembly as its parts: labels, statements, the comment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tree {

/// A label (its name in `mnemonic`) or a statement with its operands.
struct Part {
    bool is_label;
    std::string mnemonic;
    std::vector<std::string> operands;
};

struct Line {
    std::vector<Part> parts;
    std::string comment; // after `//`, trimmed; a bare `//` is " "
};

/// Reads lines in order: block comments and preprocessor lines may go on over several.
class Lexer {
public:
    Line read(std::string_view text);

private:
    bool in_block_comment_ = false;
    bool in_directive_ = false;
};

/// `name` without `\()` and `@PLT`.
std::string plain_name(std::string_view name);

} // namespace tree
