/// Formatted strings: integers, characters, strings and pointers. [c11 7.21.6.1]
#include "crt/library/include/errno.h"
#include "crt/library/include/stdio.h"
#include "crt/library/include/string.h"
#include "crt/library/library.h"

namespace {

/// Where the characters go. Those after the end are counted.
class Output {
public:
    Output(char *to, size_t bytes) : to_(to), bytes_(bytes) {}

    void put(char character) {
        if (count_ + 1 < bytes_) {
            to_[count_] = character;
        }
        ++count_;
    }
    void repeat(char character, size_t times) {
        for (; times != 0; --times) {
            put(character);
        }
    }
    void put(const char *text, size_t bytes) {
        for (size_t at = 0; at < bytes; ++at) {
            put(text[at]);
        }
    }
    size_t finish() {
        if (bytes_ != 0) {
            to_[count_ < bytes_ ? count_ : bytes_ - 1] = '\0';
        }
        return count_;
    }

private:
    char *to_;
    size_t bytes_;
    size_t count_ = 0;
};

struct Conversion {
    bool left = false;      // -
    bool plus = false;      // +
    bool space = false;     // a blank in place of +
    bool alternate = false; // #
    bool zero = false;      // 0
    bool has_precision = false;
    size_t width = 0;
    size_t precision = 0;
    int length = 0; // of an argument: -2 char, -1 short, 0 int, 1 long and longer
};

/// A number of at most INT_MAX, as width and precision are.
size_t parse_number(const char *&at) {
    size_t number = 0;
    for (; *at >= '0' && *at <= '9'; ++at) {
        number = number * 10 + static_cast<size_t>(*at - '0');
        number = number < INT32_MAX ? number : INT32_MAX;
    }
    return number;
}

void parse_flags(const char *&at, Conversion &conversion) {
    for (;; ++at) {
        switch (*at) {
        case '-':
            conversion.left = true;
            break;
        case '+':
            conversion.plus = true;
            break;
        case ' ':
            conversion.space = true;
            break;
        case '#':
            conversion.alternate = true;
            break;
        case '0':
            conversion.zero = true;
            break;
        default:
            return;
        }
    }
}

void parse_sizes(const char *&at, Conversion &conversion, va_list values) {
    if (*at == '*') {
        ++at;
        const int width = va_arg(values, int);
        conversion.left |= width < 0;
        conversion.width = width < 0 ? 0 - static_cast<size_t>(width) : static_cast<size_t>(width);
    } else {
        conversion.width = parse_number(at);
    }
    if (*at != '.') {
        return;
    }
    ++at;
    conversion.has_precision = true;
    if (*at == '*') {
        ++at;
        const int precision = va_arg(values, int);
        conversion.has_precision = precision >= 0;
        conversion.precision = precision < 0 ? 0 : static_cast<size_t>(precision);
    } else {
        conversion.precision = parse_number(at);
    }
}

void parse_length(const char *&at, Conversion &conversion) {
    for (;; ++at) {
        switch (*at) {
        case 'h':
            --conversion.length;
            break;
        case 'l':
        case 'q':
        case 'j':
        case 'z':
        case 't':
            conversion.length = 1;
            break;
        default:
            return;
        }
    }
}

uint64_t next_unsigned(const Conversion &conversion, va_list values) {
    if (conversion.length > 0) {
        return va_arg(values, unsigned long);
    }
    const unsigned value = va_arg(values, unsigned);
    return conversion.length == 0    ? value
           : conversion.length == -1 ? static_cast<uint16_t>(value)
                                     : static_cast<uint8_t>(value);
}

int64_t next_signed(const Conversion &conversion, va_list values) {
    if (conversion.length > 0) {
        return va_arg(values, long);
    }
    const int value = va_arg(values, int);
    return conversion.length == 0    ? value
           : conversion.length == -1 ? static_cast<int16_t>(value)
                                     : static_cast<int8_t>(value);
}

/// A prefix and characters, filled up to the width.
void put_field(Output &output, const Conversion &conversion, const char *prefix, size_t zeros,
               const char *text, size_t bytes) {
    const size_t prefix_bytes = strlen(prefix);
    const size_t used = prefix_bytes + zeros + bytes;
    const size_t fill = conversion.width > used ? conversion.width - used : 0;
    output.repeat(' ', conversion.left ? 0 : fill);
    output.put(prefix, prefix_bytes);
    output.repeat('0', zeros);
    output.put(text, bytes);
    output.repeat(' ', conversion.left ? fill : 0);
}

constexpr size_t most_digits = 22; // of 64 bits in base 8

/// The digits of a number, in base 8, 10 or 16.
void put_number(Output &output, const Conversion &conversion, const char *prefix, uint64_t number,
                unsigned base, bool is_upper) {
    char digits[most_digits];
    size_t first = most_digits;
    for (uint64_t rest = number; rest != 0; rest /= base) {
        digits[--first] = (is_upper ? "0123456789ABCDEF" : "0123456789abcdef")[rest % base];
    }
    const size_t count = most_digits - first;
    size_t least = conversion.has_precision ? conversion.precision : 1;
    if (base == 8 && conversion.alternate && least <= count) {
        least = count + 1; // the first digit is to be 0
    }
    const size_t used = strlen(prefix) + count;
    if (conversion.zero && !conversion.left && !conversion.has_precision &&
        conversion.width > used && conversion.width - used + count > least) {
        least = conversion.width - used + count;
    }
    put_field(output, conversion, prefix, least > count ? least - count : 0, digits + first, count);
}

void put_signed(Output &output, const Conversion &conversion, int64_t number) {
    const auto bits = static_cast<uint64_t>(number);
    const char *prefix = number < 0         ? "-"
                         : conversion.plus  ? "+"
                         : conversion.space ? " "
                                            : "";
    put_number(output, conversion, prefix, number < 0 ? 0 - bits : bits, 10, false);
}

void put_string(Output &output, const Conversion &conversion, const char *text) {
    const size_t most = conversion.has_precision ? conversion.precision : SIZE_MAX;
    if (text == nullptr) {
        text = most < 6 ? "" : "(null)";
    }
    put_field(output, conversion, "", 0, text, strnlen(text, most));
}

void put_pointer(Output &output, Conversion conversion, const void *pointer) {
    if (pointer == nullptr) {
        put_field(output, conversion, "", 0, "(nil)", 5);
        return;
    }
    const char *prefix = conversion.plus ? "+0x" : conversion.space ? " 0x" : "0x";
    put_number(output, conversion, prefix, reinterpret_cast<uint64_t>(pointer), 16, false);
}

/// The conversion at `at`, whose arguments are read.
void convert(Output &output, const Conversion &conversion, char kind, va_list values) {
    switch (kind) {
    case 'd':
    case 'i':
        put_signed(output, conversion, next_signed(conversion, values));
        return;
    case 'u':
        put_number(output, conversion, "", next_unsigned(conversion, values), 10, false);
        return;
    case 'o':
        put_number(output, conversion, "", next_unsigned(conversion, values), 8, false);
        return;
    case 'x':
    case 'X': {
        const uint64_t number = next_unsigned(conversion, values);
        const char *prefix = !conversion.alternate || number == 0 ? "" : kind == 'x' ? "0x" : "0X";
        put_number(output, conversion, prefix, number, 16, kind == 'X');
        return;
    }
    case 'c': {
        const auto character = static_cast<char>(va_arg(values, int));
        put_field(output, conversion, "", 0, &character, 1);
        return;
    }
    case 's':
        put_string(output, conversion, va_arg(values, const char *));
        return;
    case 'p':
        put_pointer(output, conversion, va_arg(values, const void *));
        return;
    case '%':
        output.put('%');
        return;
    default:
        STOP(STOP_ABSENT, "snprintf: a conversion other than d i u o x X c s p, which is not in this domain");
    }
}

/// The buffers that fortified functions are told of, as those without a size have them.
constexpr size_t no_limit = INT32_MAX;

} // namespace

extern "C" {

int __vsnprintf_chk(char *to, size_t bytes, int, size_t room, const char *format, va_list values);
int __snprintf_chk(char *to, size_t bytes, int, size_t room, const char *format, ...);
int __vsprintf_chk(char *to, int, size_t room, const char *format, va_list values);
int __sprintf_chk(char *to, int, size_t room, const char *format, ...);

LIBRARY int vsnprintf(char *__restrict to, size_t bytes, const char *__restrict format,
                      va_list values) {
    Output output(to, bytes);
    for (const char *at = format; *at != '\0';) {
        if (*at != '%') {
            output.put(*at++);
            continue;
        }
        Conversion conversion;
        parse_flags(++at, conversion);
        parse_sizes(at, conversion, values);
        parse_length(at, conversion);
        convert(output, conversion, *at, values);
        ++at;
    }
    const size_t count = output.finish();
    if (count > INT32_MAX) {
        errno = EOVERFLOW;
        return -1;
    }
    return static_cast<int>(count);
}

LIBRARY int vsprintf(char *__restrict to, const char *__restrict format, va_list values) {
    return vsnprintf(to, no_limit, format, values);
}

LIBRARY int snprintf(char *__restrict to, size_t bytes, const char *__restrict format, ...) {
    va_list values;
    va_start(values, format);
    const int count = vsnprintf(to, bytes, format, values);
    va_end(values);
    return count;
}

LIBRARY int sprintf(char *__restrict to, const char *__restrict format, ...) {
    va_list values;
    va_start(values, format);
    const int count = vsnprintf(to, no_limit, format, values);
    va_end(values);
    return count;
}

LIBRARY int __vsnprintf_chk(char *to, size_t bytes, int, size_t room, const char *format,
                            va_list values) {
    if (bytes > room) {
        STOP(STOP_OVERRUN, "snprintf: more bytes than its buffer has");
    }
    return vsnprintf(to, bytes, format, values);
}

LIBRARY int __snprintf_chk(char *to, size_t bytes, int flag, size_t room, const char *format, ...) {
    va_list values;
    va_start(values, format);
    const int count = __vsnprintf_chk(to, bytes, flag, room, format, values);
    va_end(values);
    return count;
}

/// Writes what fits before it stops.
LIBRARY int __vsprintf_chk(char *to, int, size_t room, const char *format, va_list values) {
    const int count = vsnprintf(to, room, format, values);
    if (count >= 0 && static_cast<size_t>(count) >= room) {
        STOP(STOP_OVERRUN, "sprintf: more bytes than its buffer has");
    }
    return count;
}

LIBRARY int __sprintf_chk(char *to, int flag, size_t room, const char *format, ...) {
    va_list values;
    va_start(values, format);
    const int count = __vsprintf_chk(to, flag, room, format, values);
    va_end(values);
    return count;
}

} // extern "C"
