/// The result of an access as text.
#pragma once

#include "rt/rt.h"

/// Prints a line on standard output.
template <class... Arguments>
void print(const char *format, const Arguments &...arguments) {
    rt::Line line;
    line.format(format, arguments...).append('\n');
    static_cast<void>(rt::sys::write_all(rt::sys::Descriptor::output, line.text(), line.bytes()));
}

/// The short name of an error of an access.
inline const char *short_name(rt::Errno error) {
    switch (error) {
    case rt::Errno::bad_address:
        return "EFAULT";
    case rt::Errno::name_too_long:
        return "ENAMETOOLONG";
    default:
        return rt::text_of(error);
    }
}

struct Value {
    const rt::Result<uint64_t> &got;
};
inline void append_to(rt::Line &line, const Value &value) {
    if (value.got) {
        line.append(rt::Hex{value.got.value()});
    } else {
        line.append(short_name(value.got.error()));
    }
}

struct Stored {
    const rt::Result<rt::Done> &put;
};
inline void append_to(rt::Line &line, const Stored &stored) {
    line.append(stored.put ? "stored" : short_name(stored.put.error()));
}

struct Text {
    const rt::Result<size_t> &length;
    const char *bytes;
};
inline void append_to(rt::Line &line, const Text &text) {
    if (text.length) {
        line.append('"').append_escaped(text.bytes, text.length.value()).append('"');
    } else {
        line.append(short_name(text.length.error()));
    }
}

namespace rt::uaccess {

inline void append_to(base::Line &line, const Copied &copied) {
    line.append(copied ? "" : "EFAULT after ").append_decimal(copied.copied()).append(" bytes");
}

} // namespace rt::uaccess
