/// The meaning of a line of the configuration or of the console, in the form that the parser
/// returns.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace init {

constexpr size_t longest_line = 1024; // without its line feed
constexpr size_t longest_name = 31;
constexpr size_t most_words = 16; // of a command

/// `keep` and `once` declare services, the others are for the console.
enum class Verb : uint64_t { keep, once, start, stop, status, off };

/// The answer of the parser to a line.
enum class Verdict : uint64_t { directive, nothing, unknown_verb, bad_name, no_command, too_many };

/// The parser fills it in, and the app trusts none of it (checked_directive.cc). The command is in
/// the parser's memory: `words` words one after another, each with a NUL at its end,
/// `command_bytes` bytes in all.
struct Directive {
    uint64_t verb;
    char name[longest_name + 1];
    uint64_t command;
    uint64_t command_bytes;
    uint64_t words;
};

} // namespace init
