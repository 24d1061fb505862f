/// Reads the comment block above a label: FROM, PKRU, and the head of a function.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tree {

struct Notation {
    std::optional<std::vector<std::string>> from; // words of `sources` and names of labels
    std::optional<std::string> pkru;              // the text after `PKRU:`
    std::string text;                             // the whole block

    bool has_from(std::string_view source) const;
};

/// Whether a word may be in FROM beside labels: `fall` is control that comes in from above.
bool is_source_word(std::string_view word);

/// Reads a comment block. A FROM list goes on after a comma at a line's end, remarks in brackets
/// are dropped; the text of PKRU goes on up to the next line that begins with a capitalised word
/// and a colon.
Notation read_notation(const std::vector<std::string> &block);

} // namespace tree
