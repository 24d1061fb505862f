/// The parser: a domain. It has a bug, which a stranger may use.
#include "parser.h"

namespace parser {

char bytes[most_bytes];

namespace {

bool is_ascii(uint64_t begin, uint64_t length) {
    bool good = true;
    for (uint64_t i = 0; i < length; ++i) {
        good = good && static_cast<unsigned char>(bytes[begin + i]) < 0x80;
    }
    return good;
}

} // namespace

Frame find_frame(uint64_t count) {
    constexpr uint64_t most_digits = 9;
    uint64_t length = 0, at = 0;
    while (at < count && at < most_digits && bytes[at] >= '0' && bytes[at] <= '9') {
        length = length * 10 + static_cast<uint64_t>(bytes[at++] - '0');
    }
    if (at == count) {
        return {.kind = Kind::incomplete, .bytes = 0};
    }
    // The bug: the text is looked at before it has come, as long as the stranger says that it is.
    if (at == 0 || bytes[at] != ':' || !is_ascii(at + 1, length)) {
        return {.kind = Kind::wrong, .bytes = 0};
    }
    const uint64_t end = at + 1 + length;
    if (end >= count) {
        return {.kind = Kind::incomplete, .bytes = 0};
    }
    return {.kind = bytes[end] == ',' ? Kind::whole : Kind::wrong,
            .bytes = static_cast<uint16_t>(end + 1)};
}

} // namespace parser
