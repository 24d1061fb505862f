/// The C library of domains, whose names begin with postern_ here, beside the C library of this
/// machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace library {

/// Numbers that are the same in each run.
inline std::mt19937_64 &numbers() {
    static std::mt19937_64 source(11);
    return source;
}
inline std::size_t below(std::size_t limit) {
    return numbers()() % limit;
}

/// Counts a difference, of which the first few are printed. Returns `good`.
bool check(bool good, const char *what, const std::string &input);
/// Prints "passed NAME" or "failed NAME" for the checks since the last one.
void end_case(const char *name);
/// The exit status of the program.
int status();

/// Bytes that end where the next page is inaccessible: reading on is a SIGSEGV.
class AtTheEnd {
public:
    AtTheEnd();
    /// The text with its end, as far at the end as it goes.
    char *put(const std::string &text);
    /// `count` bytes of that value, the last of which is the last that there is.
    char *room(std::size_t count, int value = 0x5a);

private:
    char *end_;
};

/// Text of few different characters, so that searches find something.
std::string some_text(std::size_t most);

void strings();
void copies();
void numbers_from_text();
void formats();
void fortified();
void others();

} // namespace library
