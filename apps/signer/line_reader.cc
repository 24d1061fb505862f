/// Standard input, line by line.
#include "apps/signer/line_reader.h"

namespace signer {

namespace {

using Kind = InputLine::Kind;

constinit char chunk[65536];
constinit size_t chunk_next = 0;
constinit size_t chunk_end = 0;
constinit bool ended = false;

constinit char line[longest_line];
constinit size_t line_bytes = 0; // of the whole line, including bytes that were not kept

/// Reads more input when the chunk is used up.
rt::Result<rt::Done> refill() {
    if (chunk_next == chunk_end && !ended) {
        const auto got = rt::sys::read(rt::sys::Descriptor::input, chunk, sizeof chunk);
        if (!got) {
            return got.error();
        }
        chunk_next = 0;
        chunk_end = got.value();
        ended = chunk_end == 0;
    }
    return rt::Done{};
}

/// Takes bytes from the chunk up to a line feed. Returns whether there was one.
bool take_bytes() {
    while (chunk_next != chunk_end) {
        const char byte = chunk[chunk_next++];
        if (byte == '\n') {
            return true;
        }
        if (line_bytes < sizeof line) {
            line[line_bytes] = byte;
        }
        ++line_bytes;
    }
    return false;
}

} // namespace

rt::Result<InputLine> next_line() {
    line_bytes = 0;
    bool complete = false;
    while (!complete) {
        const auto refilled = refill();
        if (!refilled) {
            return refilled.error();
        }
        if (ended && line_bytes == 0) {
            return InputLine{Kind::end, nullptr, 0};
        }
        complete = take_bytes() || ended;
    }
    const Kind kind = line_bytes <= sizeof line ? Kind::whole : Kind::too_long;
    return InputLine{kind, line, line_bytes};
}

} // namespace signer
