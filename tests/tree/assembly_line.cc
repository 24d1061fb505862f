/// One line of assembly as its parts: labels, statements, the comment.
#include "tests/tree/assembly_line.h"

#include <algorithm>
#include <array>

#include "tests/tree/text.h"

namespace tree {

namespace {

constexpr std::array<std::string_view, 12> prefixes{
    "lock",    "rep", "repe",   "repz",  "repne", "repnz",
    "notrack", "bnd", "data16", "rex64", "cs",    "ds",
};

bool is_name_character(char character) {
    return is_word_character(character) || contains(".$\\()@", std::string_view{&character, 1});
}

/// The length of a label at the beginning, its colon not counted; 0 where there is none.
std::size_t label_length(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_name_character);
    const auto length = static_cast<std::size_t>(end - text.begin());
    return end != text.end() && *end == ':' ? length : 0;
}

/// The code of a line split at each `separator` outside quotes and brackets.
std::vector<std::string> split_code(std::string_view text, char separator) {
    std::vector<std::string> pieces(1);
    bool quoted = false;
    int depth = 0;
    for (const char character : text) {
        quoted = character == '"' ? !quoted : quoted;
        depth += quoted ? 0 : (character == '(') - (character == ')');
        if (character == separator && !quoted && depth == 0) {
            pieces.emplace_back();
        } else {
            pieces.back() += character;
        }
    }
    return pieces;
}

/// Takes the first word off `text`.
std::string take_word(std::string_view &text) {
    text = trim(text);
    const auto end = text.find_first_of(" \t");
    const std::string word{text.substr(0, end)};
    text = end == text.npos ? std::string_view{} : trim(text.substr(end));
    return word;
}

/// The name and the parameters of `.macro NAME one, two=default, three:req`, as operands.
std::vector<std::string> macro_head(std::string_view text) {
    std::vector<std::string> names;
    std::string blanks{text};
    std::replace(blanks.begin(), blanks.end(), ',', ' ');
    for (std::string_view rest = blanks; !trim(rest).empty();) {
        const std::string word = take_word(rest);
        names.push_back(word.substr(0, word.find_first_of("=:")));
    }
    return names;
}

Part parse_statement(std::string_view text) {
    Part part{false, lower(take_word(text)), {}};
    while (std::find(prefixes.begin(), prefixes.end(), part.mnemonic) != prefixes.end() &&
           !text.empty()) {
        part.mnemonic = lower(take_word(text));
    }
    if (part.mnemonic == ".macro") {
        part.operands = macro_head(text);
    } else if (!text.empty()) {
        for (const auto &operand : split_code(text, ',')) {
            part.operands.push_back(plain_name(trim(operand)));
        }
    }
    return part;
}

} // namespace

std::string plain_name(std::string_view name) {
    std::string result{name};
    for (const std::string_view noise : {"\\()", "@PLT"}) {
        for (auto at = result.find(noise); at != result.npos; at = result.find(noise)) {
            result.erase(at, noise.size());
        }
    }
    return result;
}

Line Lexer::read(std::string_view text) {
    Line line;
    if (!in_block_comment_ && (in_directive_ || trim(text).starts_with("#"))) {
        in_directive_ = text.ends_with("\\");
        return line;
    }
    std::string code;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view two = text.substr(at, 2);
        if (in_block_comment_) {
            in_block_comment_ = two != "*/";
            at += in_block_comment_ ? 0 : 1;
        } else if (!quoted && two == "/*") {
            in_block_comment_ = true;
            ++at;
        } else if (!quoted && (two == "//" || text[at] == '#')) {
            const auto begin = text.find_first_not_of('/', at);
            line.comment = begin == text.npos ? "" : std::string{trim(text.substr(begin))};
            line.comment = line.comment.empty() ? " " : line.comment;
            break;
        } else {
            quoted = text[at] == '"' ? !quoted : quoted;
            code += text[at];
        }
    }
    for (const auto &piece : split_code(code, ';')) {
        std::string_view rest = trim(piece);
        for (auto length = label_length(rest); length > 0; length = label_length(rest)) {
            line.parts.push_back({true, plain_name(rest.substr(0, length)), {}});
            rest = trim(rest.substr(length + 1));
        }
        if (!rest.empty()) {
            line.parts.push_back(parse_statement(rest));
        }
    }
    return line;
}

} // namespace tree
