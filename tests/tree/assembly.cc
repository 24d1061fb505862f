/// An assembly file as its labels, statements and comments, macros and loops as written.
#include "tests/tree/assembly.h"

#include <algorithm>
#include <array>

#include "tests/tree/assembly_line.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

constexpr std::array<std::string_view, 14> unconditional{
    "jmp",   "jmpq", "ljmp",   "ljmpq",   "ret",     "retq",     "iret",
    "iretq", "ud2",  "sysret", "sysretq", "sysexit", "sysexitq", "lretq",
};

/// Behind these the text goes on somewhere else.
constexpr std::array<std::string_view, 11> borders{
    ".macro",       ".endm",       ".section",  ".text", ".function", ".end_function",
    ".pushsection", ".popsection", ".previous", ".irp",  ".endr",
};

/// The last two write rows of rt/patch/alternative.h, in other sections.
constexpr std::array<std::string_view, 18> transparent{
    ".globl", ".global", ".local", ".hidden", ".weak",     ".type",
    ".size",  ".set",    ".equ",   ".balign", ".p2align",  ".align",
    ".if",    ".else",   ".endif", ".loc",    "nop_where", "jump_where",
};

template <typename Table>
bool is_one_of(std::string_view name, const Table &table) {
    return std::find(table.begin(), table.end(), name) != table.end();
}

/// Whether `.section NAME, "FLAGS"` holds code.
bool is_code_section(const std::vector<std::string> &operands) {
    if (operands.empty()) {
        return false;
    }
    return operands.size() > 1 ? contains(operands[1], "x") : operands[0].starts_with(".text");
}

/// The file line by line; what one line leaves for the next is a member.
class Reader {
public:
    explicit Reader(Assembly &result) : assembly_{result} {}

    void read(std::string_view text, std::size_t number) {
        const Line line = lexer_.read(text);
        assembly_.comments.push_back(line.comment);
        assembly_.is_comment_line.push_back(!line.comment.empty() && line.parts.empty());
        assembly_.is_attribute_line.push_back(
            !line.parts.empty() &&
            std::all_of(line.parts.begin(), line.parts.end(), [](const Part &part) {
                return Statement{0, part.mnemonic, {}, ""}.is_transparent();
            }));
        for (const auto &part : line.parts) {
            if (part.is_label) {
                label(part.mnemonic, number, false);
            } else {
                statement(part, number);
            }
        }
    }

private:
    void label(const std::string &name, std::size_t number, bool is_function) {
        if (in_code_) {
            assembly_.labels.push_back(
                {name, number, is_function, before_, assembly_.statements.size()});
            under_ = name;
            before_ = Before::label;
        }
    }

    void statement(const Part &part, std::size_t number) {
        const auto &name = part.mnemonic;
        if (name == ".function" && !part.operands.empty()) {
            in_code_ = true;
            before_ = before_ == Before::label ? Before::nothing : before_;
            label(part.operands[0], number, true);
            assembly_.labels.back().statement += 1;
        } else if (name == ".macro" && !part.operands.empty()) {
            outside_ = under_;
            under_ = part.operands[0];
            before_ = Before::nothing;
        } else if (name == ".endm") {
            under_ = outside_;
            before_ = Before::nothing;
        } else {
            section(part);
        }
        assembly_.statements.push_back({number, name, part.operands, under_});
        if (name == ".end_function") {
            under_.clear();
        }
        if (!assembly_.statements.back().is_transparent() && !is_one_of(name, borders)) {
            before_ = Before::statement;
        }
    }

    void section(const Part &part) {
        const auto &name = part.mnemonic;
        const bool was = in_code_;
        if (name == ".pushsection") {
            stack_.push_back(in_code_);
        }
        if (name == ".section" || name == ".pushsection") {
            in_code_ = is_code_section(part.operands);
        } else if (name == ".popsection" && !stack_.empty()) {
            in_code_ = stack_.back();
            stack_.pop_back();
        } else if (name == ".previous") {
            in_code_ = previous_;
        } else if (name == ".text" || name == ".data" || name == ".bss") {
            in_code_ = name == ".text";
        } else {
            return;
        }
        previous_ = was;
        before_ = Before::nothing;
    }

    Assembly &assembly_;
    Lexer lexer_;
    std::string under_;
    std::string outside_; // the label that a macro's body interrupts
    Before before_ = Before::nothing;
    bool in_code_ = true;
    bool previous_ = true;
    std::vector<bool> stack_;
};

} // namespace

bool Statement::is_jump() const {
    return (mnemonic.starts_with("j") && !contains(mnemonic, "_")) ||
           mnemonic.starts_with("loop") || mnemonic == "xbegin";
}

bool Statement::is_transparent() const {
    return mnemonic.starts_with(".cfi_") || is_one_of(mnemonic, transparent);
}

bool Statement::ends_flow() const {
    return is_one_of(mnemonic, unconditional);
}

const Label *Assembly::label(std::string_view name) const {
    for (const auto &label : labels) {
        if (label.name == name) {
            return &label;
        }
    }
    return nullptr;
}

std::vector<std::string> Assembly::comment_above(std::size_t line) const {
    std::size_t end = line - 1; // index of the line itself
    while (end > 0 && is_attribute_line[end - 1]) {
        --end;
    }
    std::size_t first = end;
    while (first > 0 && is_comment_line[first - 1]) {
        --first;
    }
    return {comments.begin() + static_cast<std::ptrdiff_t>(first),
            comments.begin() + static_cast<std::ptrdiff_t>(end)};
}

const Statement *Assembly::next(std::size_t statement) const {
    for (std::size_t index = statement + 1; index < statements.size(); ++index) {
        const Statement &candidate = statements[index];
        if (is_one_of(candidate.mnemonic, borders)) {
            return nullptr;
        }
        if (!candidate.is_transparent()) {
            return &candidate;
        }
    }
    return nullptr;
}

Assembly read_assembly(const SourceFile &file) {
    Assembly assembly;
    assembly.path = file.path;
    Reader reader{assembly};
    for (std::size_t index = 0; index < file.lines.size(); ++index) {
        reader.read(file.lines[index], index + 1);
    }
    return assembly;
}

} // namespace tree
