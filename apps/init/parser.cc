/// The parser's code. It is untrusted, because it reads untrusted input.
#include "apps/init/parser.h"

namespace init::parser {

char line[longest_line];
Directive directive;

namespace {

struct Text {
    const char *begin;
    size_t bytes;
};

bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/// The next word of `rest`, empty at its end. Removes it and the blanks around it from `rest`.
Text take_word(Text &rest) {
    while (rest.bytes != 0 && is_blank(*rest.begin)) {
        rest = {rest.begin + 1, rest.bytes - 1};
    }
    Text word{rest.begin, 0};
    while (word.bytes != rest.bytes && !is_blank(word.begin[word.bytes])) {
        ++word.bytes;
    }
    rest = {rest.begin + word.bytes, rest.bytes - word.bytes};
    return word;
}

bool equals(Text text, const char *wanted) {
    for (size_t i = 0; i < text.bytes; ++i) {
        if (wanted[i] == '\0' || wanted[i] != text.begin[i]) {
            return false;
        }
    }
    return wanted[text.bytes] == '\0';
}

/// 0 to 15, or 16 if it is no hexadecimal digit.
unsigned value_of(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<unsigned>(digit - '0');
    }
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10 : 16;
}

/// Whether a byte given by its number, \xHH, begins at `at`.
bool is_number(const char *at, size_t left) {
    return left >= 4 && at[0] == '\\' && at[1] == 'x' && value_of(at[2]) < 16 &&
           value_of(at[3]) < 16;
}

/// Writes `word` with its \xHH replaced, and a NUL, to `to`, which may be at or before it; returns
/// the address after them. Does not know the room at `to`.
char *decode(Text word, char *to) {
    for (size_t i = 0; i < word.bytes; ++i) {
        const char *at = word.begin + i;
        if (is_number(at, word.bytes - i)) {
            *to++ = static_cast<char>(value_of(at[2]) << 4 | value_of(at[3]));
            i += 3;
        } else {
            *to++ = *at;
        }
    }
    *to++ = '\0';
    return to;
}

/// With the planted bug a long name overflows into the next word, which is the address to which the
/// command is written: from here on the attacker chooses that pointer.
Verdict take_name(Text &rest, bool planted_bug) {
    const Text name = take_word(rest);
    directive.command = reinterpret_cast<uint64_t>(rest.begin);
    if (name.bytes == 0 || (name.bytes > longest_name && !planted_bug)) {
        return Verdict::bad_name;
    }
    decode(name, directive.name);
    return Verdict::directive;
}

/// Writes the words after the name in place. Each needs at least one byte less than before, its
/// blank.
Verdict take_command(Text rest) {
    char *const begin = reinterpret_cast<char *>(directive.command);
    char *to = begin;
    for (Text word = take_word(rest); word.bytes != 0; word = take_word(rest)) {
        if (directive.words++ == most_words) {
            return Verdict::too_many;
        }
        to = decode(word, to);
    }
    directive.command_bytes = static_cast<uint64_t>(to - begin);
    return directive.words != 0 ? Verdict::directive : Verdict::no_command;
}

constexpr const char *verbs[] = {"keep", "once", "start", "stop", "status", "off"};
constexpr uint64_t verb_count = sizeof verbs / sizeof *verbs;

} // namespace

Verdict parse(uint64_t bytes, bool planted_bug) {
    Text rest{line, bytes};
    const Text verb = take_word(rest);
    if (verb.bytes == 0 || verb.begin[0] == '#') {
        return Verdict::nothing;
    }
    while (directive.verb != verb_count && !equals(verb, verbs[directive.verb])) {
        ++directive.verb;
    }
    const auto known = static_cast<Verb>(directive.verb);
    if (directive.verb == verb_count) {
        return Verdict::unknown_verb;
    }
    if (known == Verb::status || known == Verb::off) {
        return Verdict::directive;
    }
    const Verdict named = take_name(rest, planted_bug);
    const bool declares = known == Verb::keep || known == Verb::once;
    return named == Verdict::directive && declares ? take_command(rest) : named;
}

} // namespace init::parser
