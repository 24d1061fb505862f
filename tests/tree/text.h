/// The few string functions that every reader of the repository needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tree {

/// `text` without spaces and tabs at both ends.
std::string_view trim(std::string_view text);

/// The trimmed pieces between `separator`s; an empty text has none.
std::vector<std::string> split(std::string_view text, char separator);

/// The pieces between line ends; a last line without an end counts.
std::vector<std::string> split_lines(std::string_view text);

/// Whether `word` is in `text` with no letter, digit or underscore on either side.
bool has_word(std::string_view text, std::string_view word);

/// Whether `text` holds `part`.
bool contains(std::string_view text, std::string_view part);

/// ASCII letters to lower case.
std::string lower(std::string_view text);

/// The names between pairs of backticks, in order.
std::vector<std::string> backticked(std::string_view text);

/// Letters, digits and underscore.
bool is_word_character(char character);

} // namespace tree
