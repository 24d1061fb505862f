/// Lines of text: numbers, holes, escaping, and the cut where the line is full.
#include "tests/harness/harness.h"

namespace {

using rt::Hex;
using rt::Line;

bool is(const Line &line, const char *wanted) {
    size_t same = 0;
    while (same < line.bytes() && wanted[same] != '\0' && line.text()[same] == wanted[same]) {
        ++same;
    }
    return same == line.bytes() && wanted[same] == '\0';
}

bool formats(const char *wanted, const char *format, const auto &...arguments) {
    Line line;
    line.format(format, arguments...);
    return is(line, wanted);
}

template <class... Text>
bool escapes(const char *wanted, const char *text, size_t bytes) {
    Line line;
    line.append_escaped(text, bytes);
    return is(line, wanted);
}

} // namespace

POSTERN_TEST("unit.line.integers_of_each_type") {
    EXPECT(formats("0 0 0", "{} {} {}", uint8_t{0}, 0, 0ul));
    EXPECT(formats("255 65535", "{} {}", uint8_t{255}, uint16_t{65535}));
    EXPECT(formats("4294967295", "{}", 0xffffffffu));
    EXPECT(formats("18446744073709551615", "{}", ~uint64_t{0}));
    EXPECT(formats("-1 -128 -32768", "{} {} {}", -1, int8_t{-128}, int16_t{-32768}));
    EXPECT(formats("-2147483648", "{}", -0x7fffffff - 1));
    EXPECT(formats("-9223372036854775808", "{}", -0x7fffffffffffffff - 1));
    EXPECT(formats("9223372036854775807", "{}", 0x7fffffffffffffff));
    EXPECT(formats("1000000000000000000", "{}", 1'000'000'000'000'000'000));
}

POSTERN_TEST("unit.line.a_bool_is_true_or_false") {
    EXPECT(formats("true, false", "{}, {}", true, false));
}

POSTERN_TEST("unit.line.hexadecimal") {
    EXPECT(formats("0x0", "{}", Hex{0}));
    EXPECT(formats("0xf 0x10", "{} {}", Hex{15}, Hex{16}));
    EXPECT(formats("0xfedcba9876543210", "{}", Hex{0xfedcba9876543210}));
    EXPECT(formats("0xffffffffffffffff", "{}", Hex{~uint64_t{0}}));
    EXPECT(formats("0x1000000000000000", "{}", Hex{0x1000000000000000}));
}

POSTERN_TEST("unit.line.text_characters_and_errors") {
    EXPECT(formats("a text, b, too", "a {}, {}, too", "text", 'b'));
    EXPECT(formats("open: permission denied", "open: {}", rt::Errno::access_denied));
    EXPECT(formats("", ""));
    EXPECT(formats("x", "{}", "x"));
    Line line;
    line.append("with\0null", 9);
    EXPECT_EQUAL(line.bytes(), 9);
}

POSTERN_TEST("unit.line.holes_without_arguments_and_the_reverse") {
    EXPECT(formats("1 {}", "{} {}", 1));
    EXPECT(formats("{", "{"));
    EXPECT(formats("}{ 7", "}{ {}", 7));
    EXPECT(formats("{ } 7", "{ } {}", 7));
    EXPECT(formats("no hole", "no hole", 1, 2));
    // The text of an argument is not searched for holes.
    EXPECT(formats("{} 2", "{} {}", "{}", 2));
}

POSTERN_TEST("unit.line.escapes_bytes_of_strangers") {
    EXPECT(escapes(" ~ plain", " ~ plain", 8));
    EXPECT(escapes("\\x00\\x01\\x1f\\x7f\\x80\\xff", "\x00\x01\x1f\x7f\x80\xff", 6));
    EXPECT(escapes("\\x0a\\x0d\\x1b[2J", "\n\r\x1b[2J", 6));
    EXPECT(escapes("\\\\x41", "\\x41", 4));
    EXPECT(escapes("\\\\\\\\", "\\\\", 2));
    EXPECT(escapes("", "", 0));
    for (int byte = 0; byte < 256; ++byte) {
        const auto character = static_cast<char>(byte);
        Line line;
        line.append_escaped(&character, 1);
        const size_t length = byte == '\\' ? 2 : byte < 32 || byte > 126 ? 4 : 1;
        EXPECT_EQUAL(line.bytes(), length);
        for (size_t i = 0; i < line.bytes(); ++i) {
            EXPECT(line.text()[i] >= 32 && line.text()[i] <= 126);
        }
    }
}

POSTERN_TEST("unit.line.is_cut_where_it_is_full") {
    Line line;
    for (size_t i = 0; i < Line::capacity - 1; ++i) {
        line.append('a');
    }
    line.append("bc");
    EXPECT_EQUAL(line.bytes(), Line::capacity);
    EXPECT(line.text()[Line::capacity - 1] == 'b');
    line.append(Hex{~uint64_t{0}}).append(-12345).append("x", 1).append_escaped("\n", 1);
    line.format("{} and {}", 1, "2");
    EXPECT_EQUAL(line.bytes(), Line::capacity);
    EXPECT(line.text()[Line::capacity - 1] == 'b');
}

POSTERN_TEST("unit.errno.each_name_has_a_text_of_its_own") {
    const auto text = [](uint16_t number) { return rt::text_of(static_cast<rt::Errno>(number)); };
    const auto same = [](const char *left, const char *right) {
        while (*left != '\0' && *left == *right) {
            ++left;
            ++right;
        }
        return *left == *right;
    };
    EXPECT(same(text(0), "no error"));
    EXPECT(same(text(2), "no such file or directory"));
    EXPECT(same(text(14), "bad address"));
    EXPECT(same(text(4095), "error"));
    const char *unknown = text(4095);
    size_t named = 0;
    for (uint16_t number = 1; number < 134; ++number) {
        const char *name = text(number);
        EXPECT(*name != '\0');
        if (same(name, unknown)) {
            continue;
        }
        ++named;
        for (uint16_t other = 0; other < number; ++other) {
            EXPECT(!same(name, text(other)));
        }
    }
    EXPECT(named >= 20);
}
