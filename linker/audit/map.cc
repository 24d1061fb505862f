/// The memory map of an image as a picture, at one scale. A mark shows each place where it is cut.
#include "linker/audit/map.h"

#include <algorithm>
#include <array>

#include "linker/audit/strips.h"
#include "linker/verify/image.h"
#include "rt/key/domain.h"

namespace linker::audit {
namespace {

constexpr unsigned page_height = 4;
constexpr unsigned most_pages = 24;      // longer ranges are cut to this,
constexpr unsigned most_guard_pages = 4; //   longer guards to this
constexpr unsigned gap_height = 30;
constexpr unsigned width = 880;
constexpr unsigned bar_left = 240;
constexpr unsigned bar_right = 420;
constexpr unsigned label_left = 450;
constexpr unsigned label_height = 14;
constexpr unsigned seal_left = 220;
constexpr unsigned legend_width = 170;

/// By key: constants grey, the monitor red, the frame key violet.
constexpr std::array<const char *, 16> colours{
    "#d9d9d9", "#d9534f", "#8fc1e3", "#f2c14e", "#9bd19b", "#e8a0bf", "#7fc8c2", "#c7b8ea",
    "#f0a679", "#b7c96b", "#6fa8dc", "#d6b08c", "#a3b5c7", "#e3d36f", "#93d6b5", "#a678c8"};

std::string number(uint64_t value) {
    return std::to_string(value);
}

std::string bytes_text(uint64_t bytes) {
    constexpr uint64_t kib = 1024;
    constexpr uint64_t mib = kib * kib;
    return bytes >= mib && bytes % mib == 0 ? number(bytes / mib) + " MiB"
                                            : number(bytes / kib) + " KiB";
}

/// Text inside of an element.
std::string escaped(const std::string &text) {
    std::string result;
    for (const char character : text) {
        result += character == '<'   ? "&lt;"
                  : character == '>' ? "&gt;"
                  : character == '&' ? "&amp;"
                                     : std::string(1, character);
    }
    return result;
}

std::string rectangle(unsigned x, unsigned y, unsigned wide, unsigned high,
                      const std::string &fill) {
    return "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(wide) +
           "\" height=\"" + number(high) + "\" fill=\"" + fill + "\"/>\n";
}

std::string line(unsigned x, unsigned y, unsigned to_x, unsigned to_y, const char *style) {
    return "<path d=\"M" + number(x) + " " + number(y) + "L" + number(to_x) + " " + number(to_y) +
           "\" " + style + "/>\n";
}

std::string text_at(unsigned x, unsigned y, const std::string &text, const char *style = "") {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\"" + style + ">" + escaped(text) +
           "</text>\n";
}

unsigned most_pages_of(const Strip &strip) {
    return strip.kind == Strip::Kind::inaccessible ? most_guard_pages : most_pages;
}

bool is_cut(const Strip &strip) {
    return strip.end - strip.begin > uint64_t{most_pages_of(strip)} * POSTERN_PAGE;
}

unsigned height_of(const Strip &strip) {
    if (strip.kind == Strip::Kind::unmapped) {
        return gap_height;
    }
    return page_height * (is_cut(strip)
                              ? most_pages_of(strip)
                              : static_cast<unsigned>((strip.end - strip.begin) / POSTERN_PAGE));
}

/// A white zigzag across a bar: the range is longer than it is drawn.
std::string cut(unsigned middle) {
    std::string path = "<path d=\"M" + number(bar_left - 5) + " " + number(middle);
    constexpr unsigned step = 10;
    unsigned up = 0;
    for (unsigned x = bar_left + 5; x <= bar_right + 5; x += step, up ^= 1) {
        path += "L" + number(x) + " " + number(up == 0 ? middle - 4 : middle + 4);
    }
    return path + "\" class=\"cut\"/>\n";
}

std::string bar(const Strip &strip, unsigned y) {
    const unsigned high = height_of(strip);
    const bool is_memory = strip.kind == Strip::Kind::memory;
    if (strip.kind == Strip::Kind::unmapped) {
        return line(bar_left, y, bar_left, y + high, "class=\"gap\"") +
               line(bar_right, y, bar_right, y + high, "class=\"gap\"");
    }
    std::string text = rectangle(bar_left, y, bar_right - bar_left, high,
                                 is_memory ? colours[strip.key & 15] : "url(#none)");
    text += is_memory ? line(bar_left, y, bar_right, y, "class=\"edge\"") : "";
    return is_cut(strip) ? text + cut(y + high / 2) : text;
}

std::string label_of(const Facts &facts, const Strip &strip) {
    const auto size = bytes_text(strip.end - strip.begin);
    switch (strip.kind) {
    case Strip::Kind::memory:
        return strip.name + ", " + size +
               (rt::key::is_own_number(strip.key) ? ", no. " : ", key ") + number(strip.key) + " " +
               facts.name_of(strip.key);
    case Strip::Kind::unmapped:
        return "nothing mapped, " + size;
    case Strip::Kind::inaccessible:
        break;
    }
    // A guard of one page needs no label.
    return strip.end - strip.begin == POSTERN_PAGE ? "" : "inaccessible, " + size;
}

/// The legend of colours by key, in as many rows as needed; moves `y` below them.
std::string legend(const Facts &facts, unsigned &y) {
    std::string text;
    unsigned x = 20;
    const auto add = [&](const std::string &fill, const std::string &what) {
        if (x + legend_width > width) {
            x = 20;
            y += 20;
        }
        text += rectangle(x, y - 10, 14, 12, fill) + text_at(x + 20, y, what);
        x += legend_width;
    };
    for (const auto &[key, what] : facts.keys) {
        add(colours[key & 15], number(key) + " " + what.name);
    }
    add("url(#none)", "guard: inaccessible");
    y += 20;
    return text;
}

/// The height at which an address is drawn: the top of the strip that begins there, or the end of
/// the map.
struct Drawn {
    uint64_t address;
    unsigned y;
};

unsigned y_of(const std::vector<Drawn> &drawn, uint64_t address) {
    unsigned y = drawn.front().y;
    for (const auto &one : drawn) {
        y = one.address <= address ? one.y : y;
    }
    return y;
}

/// A bracket beside each range that start-up seals, with its first address.
std::string seals(const Facts &facts, const std::vector<Drawn> &drawn) {
    std::string text;
    for (const auto &seal : facts.seals) {
        if (seal.begin == 0) {
            continue;
        }
        const unsigned top = y_of(drawn, seal.begin);
        const unsigned bottom = y_of(drawn, seal.end);
        const char *style = "class=\"seal\"";
        text += line(seal_left, top, bar_left - 8, top, style) +
                line(seal_left, top, seal_left, bottom, style) +
                line(seal_left, bottom, bar_left - 8, bottom, style);
        const char *right = " text-anchor=\"end\"";
        text += text_at(seal_left - 8, top + 10, verify::hex(seal.begin), right) +
                text_at(seal_left - 8, top + 10 + label_height,
                        (facts.options.unsealed ? "not sealed: " : "sealed: ") + seal.name, right);
        if (bottom - top > 3 * label_height) {
            text += text_at(seal_left - 8, bottom, verify::hex(seal.end), right);
        }
    }
    return text;
}

constexpr const char *styles =
    "<style>text{font:12px sans-serif;fill:#222}.seal{stroke:#222;stroke-width:2;fill:none}"
    ".gap{stroke:#999;stroke-dasharray:3 3;fill:none}.cut{stroke:#fff;stroke-width:5;fill:none}"
    ".edge{stroke:#777;stroke-width:.5}.lead{stroke:#999;fill:none}</style>\n"
    "<defs><pattern id=\"none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"6\" height=\"6\" fill=\"#fff\"/>"
    "<path d=\"M0 6L6 0\" stroke=\"#555\"/></pattern></defs>\n";

} // namespace

std::string map(const Facts &facts) {
    unsigned y = 24;
    std::string body = text_at(20, y, facts.image + ": memory map", " font-weight=\"bold\"");
    y += 18;
    body += text_at(20, y,
                    number(page_height) + " pixels are a page of 4 KiB; what is longer than " +
                        number(most_pages) + " pages, or a guard than " + number(most_guard_pages) +
                        ", is cut at the zigzag, its size is its label's");
    y += 22;
    body += legend(facts, y);

    std::vector<Drawn> drawn;
    unsigned next_label = y;
    for (const auto &strip : strips(facts)) {
        const unsigned high = height_of(strip);
        drawn.push_back({strip.begin, y});
        body += bar(strip, y);
        if (const auto label = label_of(facts, strip); !label.empty()) {
            const unsigned middle = y + high / 2;
            next_label = std::max(next_label + label_height, middle + 4);
            body += line(bar_right + 4, middle, label_left - 4, next_label - 4, "class=\"lead\"") +
                    text_at(label_left, next_label, label);
        }
        y += high;
        drawn.push_back({strip.end, y});
    }
    if (!drawn.empty()) {
        body += seals(facts, drawn);
    }
    const auto size = number(width) + "\" height=\"" + number(std::max(y, next_label) + 20);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + "\">\n" + styles +
           "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" + body + "</svg>\n";
}

} // namespace linker::audit
