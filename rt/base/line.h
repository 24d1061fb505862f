/// One line of text, built in place and cut where it is full.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/base/errno.h"
#include "rt/base/traits.h"

namespace rt::base {

/// A number to be printed in hexadecimal with 0x.
struct Hex {
    uint64_t value;
};

/// At most `capacity` bytes; what does not fit is left out. Never allocates.
class Line {
public:
    static constexpr size_t capacity = 1024;

    Line &append(char character);
    Line &append(const char *text); // null-terminated
    Line &append(const char *text, size_t bytes);
    Line &append(Hex number);
    Line &append(Errno error);
    Line &append_decimal(uint64_t number);

    template <class T>
    requires(is_integer<T> && !is_same<T, char> && !is_same<T, bool>) Line &append(T number) {
        if constexpr (T(-1) < T(0)) {
            if (number < 0) {
                append('-');
                return append_decimal(0 - static_cast<uint64_t>(number));
            }
        }
        return append_decimal(static_cast<uint64_t>(number));
    }

    /// "true" or "false". A pointer, which would be a bool too, does not compile.
    template <class T>
    requires(is_same<T, bool>) Line &append(T value) {
        return append(value ? "true" : "false");
    }

    /// Appends unchecked bytes: control bytes and bytes above 126 as \xHH, the backslash doubled.
    Line &append_escaped(const char *text, size_t bytes);

    /// `format` with each {} replaced by the next argument; a missing or surplus argument shows as
    /// {} or is left out. Other types provide `void append_to(Line &, const T &)`.
    template <class... Arguments>
    Line &format(const char *format, const Arguments &...arguments) {
        (append_up_to_hole(format, arguments), ...);
        return append(format);
    }

    const char *text() const { return text_; }
    size_t bytes() const { return bytes_; }

private:
    template <class T>
    void append_up_to_hole(const char *&format, const T &argument) {
        while (*format != '\0' && !(format[0] == '{' && format[1] == '}')) {
            append(*format++);
        }
        if (*format != '\0') {
            format += 2;
            if constexpr (requires { append_to(*this, argument); }) {
                append_to(*this, argument);
            } else {
                append(argument);
            }
        }
    }

    char text_[capacity];
    size_t bytes_ = 0;
};

} // namespace rt::base
