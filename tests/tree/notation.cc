/// Reads the comment block above a label: FROM, PKRU, and the head of a function.
#include "tests/tree/notation.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tests/tree/assembly_line.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

constexpr std::array<std::string_view, 5> source_words{"call", "signal", "malice", "fall",
                                                       "fix-up"};

std::string without_brackets(std::string_view text) {
    std::string result;
    int depth = 0;
    for (const char character : text) {
        depth += character == '(';
        if (depth == 0) {
            result += character;
        }
        depth -= character == ')' && depth > 0;
    }
    return result;
}

/// Whether a line opens a new entry: a capitalised word, more words perhaps, a colon.
bool opens_entry(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == line.npos || std::isupper(static_cast<unsigned char>(line[0])) == 0) {
        return false;
    }
    const auto name = line.substr(0, colon);
    return std::all_of(name.begin(), name.end(), [](char character) {
        return is_word_character(character) || character == ' ';
    });
}

} // namespace

bool is_source_word(std::string_view word) {
    return std::find(source_words.begin(), source_words.end(), word) != source_words.end();
}

bool Notation::has_from(std::string_view source) const {
    return from && std::find(from->begin(), from->end(), source) != from->end();
}

Notation read_notation(const std::vector<std::string> &block) {
    constexpr std::string_view from_head = "FROM:";
    constexpr std::string_view pkru_head = "PKRU:";
    Notation notation;
    std::string from;
    bool in_from = false;
    bool in_pkru = false;
    for (const auto &line : block) {
        notation.text += line + "\n";
        if (line.starts_with(from_head)) {
            notation.from.emplace();
            from += (from.empty() ? "" : ",") + line.substr(from_head.size());
            in_from = true;
            in_pkru = false;
        } else if (line.starts_with(pkru_head)) {
            notation.pkru = notation.pkru.value_or("") + line.substr(pkru_head.size());
            in_from = false;
            in_pkru = true;
        } else if (opens_entry(line)) {
            in_from = false;
            in_pkru = false;
        } else if (in_from) {
            from += " " + line;
        } else if (in_pkru) {
            notation.pkru = *notation.pkru + " " + line;
        }
        in_from = in_from && trim(without_brackets(plain_name(from))).ends_with(",");
    }
    if (notation.from) {
        for (const auto &source : split(without_brackets(plain_name(from)), ',')) {
            notation.from->push_back(source);
        }
    }
    return notation;
}

} // namespace tree
