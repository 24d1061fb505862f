/// The parser's code. It is untrusted, because it reads untrusted input.
#include "apps/signer/parser.h"

namespace signer::parser {

char line[longest_line + 1];
Request request;

namespace {

struct Text {
    const char *begin;
    size_t bytes;
};

/// The part of `rest` before its first blank, or all of it. Removes it and the blank from `rest`.
Text take_word(Text &rest) {
    Text word{rest.begin, 0};
    while (word.bytes < rest.bytes && word.begin[word.bytes] != ' ') {
        ++word.bytes;
    }
    const size_t taken = word.bytes < rest.bytes ? word.bytes + 1 : word.bytes;
    rest = {rest.begin + taken, rest.bytes - taken};
    return word;
}

template <size_t size>
bool equals(Text text, const char (&wanted)[size]) {
    return text.bytes == size - 1 && __builtin_memcmp(text.begin, wanted, size - 1) == 0;
}

/// 0 to 15, or 16 if it is no hexadecimal digit.
unsigned value_of(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<unsigned>(digit - '0');
    }
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10 : 16;
}

/// Whether the text has no null byte before the one that ends it.
bool is_string(Text text) {
    while (text.bytes != 0 && *text.begin != '\0') {
        ++text.begin;
        --text.bytes;
    }
    return text.bytes == 0;
}

/// Writes one byte for every two digits of `text`; false at the first that is no digit. Does not
/// know the room at `to`.
bool decode(Text text, uint8_t *to) {
    for (size_t i = 0; i + 1 < text.bytes; i += 2) {
        const unsigned high = value_of(text.begin[i]);
        const unsigned low = value_of(text.begin[i + 1]);
        if (high == 16 || low == 16) {
            return false;
        }
        *to++ = static_cast<uint8_t>(high << 4 | low);
    }
    return text.bytes % 2 == 0;
}

Verdict take_path(Text path, Verb verb) {
    if (path.bytes == 0) {
        return Verdict::no_path;
    }
    if (path.bytes > longest_path) {
        return Verdict::long_path;
    }
    if (!is_string(path)) {
        return Verdict::control_byte;
    }
    request.verb = static_cast<uint64_t>(verb);
    request.path = reinterpret_cast<uint64_t>(path.begin);
    return Verdict::request;
}

/// With the planted bug a digest of more than 64 digits overflows into the next words, which are
/// the address of the path: from here on the attacker chooses that pointer.
Verdict take_digest(Text digits, bool planted_bug) {
    if (!planted_bug && digits.bytes != 2 * sizeof request.digest) {
        return Verdict::bad_digest;
    }
    return decode(digits, request.digest) ? Verdict::request : Verdict::bad_digest;
}

Verdict look_at_path() {
    for (const char *path = reinterpret_cast<const char *>(request.path); *path != '\0'; ++path) {
        if (is_control(*path)) {
            return Verdict::control_byte;
        }
    }
    return Verdict::request;
}

} // namespace

Verdict parse(uint64_t bytes, bool planted_bug) {
    line[bytes] = '\0';
    Text rest{line, bytes};
    const Text verb = take_word(rest);
    Verdict verdict = Verdict::unknown_verb;
    if (equals(verb, "list") && verb.bytes == bytes) {
        request.verb = static_cast<uint64_t>(Verb::list);
        return Verdict::request;
    }
    if (equals(verb, "sign")) {
        verdict = take_path(rest, Verb::sign);
    } else if (equals(verb, "verify")) {
        const Text digits = take_word(rest);
        verdict = take_path(rest, Verb::verify);
        if (verdict == Verdict::request) {
            verdict = take_digest(digits, planted_bug);
        }
    }
    return verdict == Verdict::request ? look_at_path() : verdict;
}

} // namespace signer::parser
