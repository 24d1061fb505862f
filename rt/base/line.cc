/// One line of text, built in place and cut where it is full.
#include "rt/base/line.h"

namespace rt::base {

namespace {

constexpr char hex_digits[] = "0123456789abcdef";

} // namespace

Line &Line::append(char character) {
    if (bytes_ < capacity) {
        text_[bytes_++] = character;
    }
    return *this;
}

Line &Line::append(const char *text) {
    while (*text != '\0') {
        append(*text++);
    }
    return *this;
}

Line &Line::append(const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) {
        append(text[i]);
    }
    return *this;
}

Line &Line::append(Hex number) {
    append("0x");
    int shift = 60;
    while (shift > 0 && (number.value >> shift) == 0) {
        shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
        append(hex_digits[(number.value >> shift) & 15]);
    }
    return *this;
}

Line &Line::append(Errno error) {
    return append(text_of(error));
}

Line &Line::append_decimal(uint64_t number) {
    char digits[20];
    size_t first = sizeof digits;
    do {
        digits[--first] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0);
    return append(digits + first, sizeof digits - first);
}

Line &Line::append_escaped(const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\\') {
            append("\\\\");
        } else if (byte < 32 || byte > 126) {
            append("\\x").append(hex_digits[byte >> 4]).append(hex_digits[byte & 15]);
        } else {
            append(text[i]);
        }
    }
    return *this;
}

} // namespace rt::base
