/// The executable bytes of an image as the kernel maps them, and the encodings at any of their
/// offsets.
#include "linker/verify/scan.h"

#include <algorithm>
#include <array>

#include "linker/verify/own_texts.h"

namespace linker::verify {
namespace {

constexpr uint64_t page_mask = POSTERN_PAGE - 1;
/// An instruction has at most this many bytes before its opcode. [sdm-2 2.3.11]
constexpr std::size_t longest_prefixes = 14;

constexpr unsigned char escape = 0x0f;
constexpr unsigned char rex2 = 0xd5;
constexpr unsigned char rex2_map_bit = 0x80;
constexpr unsigned char three_byte_escape = 0x38;
constexpr unsigned char vex = 0xc4;
constexpr unsigned char evex = 0x62;

constexpr std::size_t classes = 3;
constexpr std::size_t maps = 6;
using Opcodes = std::array<std::array<bool, 256>, maps>;

constexpr std::size_t index(auto enumerator) {
    return static_cast<std::size_t>(enumerator);
}

/// For each class: the opcodes in each map that a row of that class or an earlier one has. The
/// search skips all other bytes at once.
constexpr std::array<Opcodes, classes> known_opcodes = [] {
    std::array<Opcodes, classes> known{};
    for (const auto &encoding : encodings) {
        for (std::size_t last = index(encoding.kind); last < classes; ++last) {
            known[last][index(encoding.map)][encoding.opcode] = true;
        }
    }
    return known;
}();

/// Whether a row of this map, with this opcode, may begin with `byte`.
constexpr bool may_begin(const Encoding &encoding, unsigned char byte) {
    switch (encoding.map) {
    case Map::one_byte:
        return byte == encoding.opcode;
    case Map::two_bytes:
        return byte == escape || byte == rex2;
    case Map::three_bytes:
        return byte == escape;
    case Map::vex_map_7:
        return byte == vex;
    case Map::evex_map_4:
    case Map::evex_map_7:
        return byte == evex;
    }
    return true;
}

/// The numbers of the rows that may begin with a byte, in the table's order, and how many.
struct Rows {
    std::array<uint8_t, encodings.size()> rows;
    std::size_t count;
};
/// For each class and each first byte: the rows of that class or an earlier one.
constexpr std::array<std::array<Rows, 256>, classes> rows_by_first_byte = [] {
    static_assert(encodings.size() <= 256);
    std::array<std::array<Rows, 256>, classes> all{};
    for (std::size_t row = 0; row < encodings.size(); ++row) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const bool begins = may_begin(encodings[row], static_cast<unsigned char>(byte));
            for (std::size_t last = index(encodings[row].kind); begins && last < classes; ++last) {
                Rows &rows = all[last][byte];
                rows.rows[rows.count++] = static_cast<uint8_t>(row);
            }
        }
    }
    return all;
}();

/// For each class: the bytes with which one of these rows may begin, in few cache lines.
constexpr std::array<std::array<bool, 256>, classes> is_first_byte = [] {
    std::array<std::array<bool, 256>, classes> first{};
    for (std::size_t last = 0; last < classes; ++last) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            first[last][byte] = rows_by_first_byte[last][byte].count != 0;
        }
    }
    return first;
}();

/// Whether any row of a class or an earlier one may match at `at`.
bool may_match(const Bytes &bytes, std::size_t at, const Opcodes &known) {
    const std::size_t left = bytes.size() - at;
    const auto in_map = [&](Map map, std::size_t distance) {
        return left > distance && known[index(map)][bytes[at + distance]];
    };
    return in_map(Map::one_byte, 0) || (bytes[at] == escape && in_map(Map::two_bytes, 1)) ||
           (bytes[at] == escape && in_map(Map::three_bytes, 2)) ||
           (bytes[at] == rex2 && in_map(Map::two_bytes, 2)) ||
           (bytes[at] == vex && in_map(Map::vex_map_7, 3)) ||
           (bytes[at] == evex && (in_map(Map::evex_map_4, 4) || in_map(Map::evex_map_7, 4)));
}

constexpr bool is_prefix(unsigned char byte) {
    constexpr std::array<unsigned char, 11> legacy{0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65,
                                                   0x66, 0x67, 0xf0, 0xf2, 0xf3};
    return (byte & 0xf0) == 0x40 || std::find(legacy.begin(), legacy.end(), byte) != legacy.end();
}

/// Whether `wanted` is among the prefixes directly before `at`.
bool is_prefixed(const Bytes &bytes, std::size_t at, unsigned char wanted) {
    const std::size_t furthest = at - std::min(at, longest_prefixes);
    while (at > furthest && is_prefix(bytes[at - 1])) {
        --at;
        if (bytes[at] == wanted) {
            return true;
        }
    }
    return false;
}

/// Whether a VEX or EVEX of `length` bytes at `at` names a map in the bits `field` of its second
/// byte.
bool names_map(const Bytes &bytes, std::size_t at, std::size_t length, unsigned field,
               unsigned map) {
    return bytes.size() - at > length && (bytes[at + 1] & field) == map;
}

/// The number of bytes before the opcode of a row at `at`, or -1 if the row does not match there.
int lead_of(const Bytes &bytes, std::size_t at, Map map) {
    const std::size_t left = bytes.size() - at;
    switch (map) {
    case Map::one_byte:
        return 0;
    case Map::two_bytes:
        if (bytes[at] == escape) {
            return 1;
        }
        return bytes[at] == rex2 && left > 1 && (bytes[at + 1] & rex2_map_bit) != 0 ? 2 : -1;
    case Map::three_bytes:
        return bytes[at] == escape && left > 1 && bytes[at + 1] == three_byte_escape ? 2 : -1;
    case Map::vex_map_7:
        return bytes[at] == vex && names_map(bytes, at, 3, 0x1f, 7) ? 3 : -1;
    case Map::evex_map_4:
        return bytes[at] == evex && names_map(bytes, at, 4, 7, 4) ? 4 : -1;
    case Map::evex_map_7:
        return bytes[at] == evex && names_map(bytes, at, 4, 7, 7) ? 4 : -1;
    }
    return -1;
}

/// Whether a row has the prefix that it needs, either before it or in the field of VEX and EVEX
/// (the low two bits of their third byte).
bool has_prefix(const Bytes &bytes, std::size_t at, const Encoding &encoding) {
    if (encoding.map < Map::vex_map_7) {
        return encoding.prefix == 0 || is_prefixed(bytes, at, encoding.prefix);
    }
    constexpr std::array<unsigned char, 4> fields{0, 0x66, 0xf3, 0xf2};
    return fields[bytes[at + 2] & 3u] == encoding.prefix;
}

/// The length of the encoding at `at`; 0 if it is not there.
unsigned length_at(const Bytes &bytes, std::size_t at, const Encoding &encoding) {
    const int lead = lead_of(bytes, at, encoding.map);
    if (lead < 0) {
        return 0;
    }
    const std::size_t opcode = at + static_cast<std::size_t>(lead);
    const std::size_t needed = opcode + (encoding.operand.exists() ? 2 : 1);
    if (needed > bytes.size() || bytes[opcode] != encoding.opcode ||
        (encoding.operand.exists() && !encoding.operand.fits(bytes[opcode + 1])) ||
        !has_prefix(bytes, at, encoding)) {
        return 0;
    }
    return static_cast<unsigned>(needed - at);
}

} // namespace

Text::Text(const Image &image) {
    const auto &file = image.bytes();
    const auto own = own_texts(image);
    for (const auto &segment : image.segments()) {
        const bool is_own = std::any_of(own.begin(), own.end(),
                                        [&](const auto &text) { return text.is(segment); });
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0 || is_own) {
            continue;
        }
        if (segment.p_offset > file.size() || file.size() - segment.p_offset < segment.p_filesz) {
            throw Unreadable(image.name() + ": the text is cut off");
        }
        // The kernel maps whole pages of the file, even if the segment ends within a page.
        const uint64_t before = segment.p_vaddr & page_mask;
        const uint64_t begin = segment.p_offset - std::min<uint64_t>(segment.p_offset, before);
        const uint64_t last = segment.p_offset + segment.p_filesz;
        const uint64_t end = std::min<uint64_t>(file.size(), (last + page_mask) & ~page_mask);
        runs_.push_back({segment.p_vaddr - (segment.p_offset - begin),
                         Bytes(file.begin() + static_cast<std::ptrdiff_t>(begin),
                               file.begin() + static_cast<std::ptrdiff_t>(end))});
    }
    std::sort(runs_.begin(), runs_.end(),
              [](const auto &a, const auto &b) { return a.begin < b.begin; });
    for (std::size_t i = 0; i + 1 < runs_.size();) {
        auto &run = runs_[i];
        auto &next = runs_[i + 1];
        if (run.begin + run.bytes.size() == next.begin) {
            run.bytes.insert(run.bytes.end(), next.bytes.begin(), next.bytes.end());
            runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        } else {
            ++i;
        }
    }
}

unsigned char Text::at(uint64_t address) const {
    for (const auto &run : runs_) {
        if (address >= run.begin && address - run.begin < run.bytes.size()) {
            return run.bytes[address - run.begin];
        }
    }
    return 0;
}

bool Text::has(uint64_t address, const Bytes &code) const {
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (at(address + i) != code[i]) {
            return false;
        }
    }
    return true;
}

uint64_t Text::size() const {
    uint64_t sum = 0;
    for (const auto &run : runs_) {
        sum += run.bytes.size();
    }
    return sum;
}

/// The encoding at an offset of a run: the first row that matches, up to class `last`.
std::optional<Match> Text::match(const Run &run, std::size_t at, Class last) {
    const Rows &rows = rows_by_first_byte[index(last)][run.bytes[at]];
    for (std::size_t i = 0; i < rows.count; ++i) {
        const Encoding &encoding = encodings[rows.rows[i]];
        if (const unsigned length = length_at(run.bytes, at, encoding); length != 0) {
            return Match{run.begin + at, length, &encoding};
        }
    }
    return {};
}

std::vector<Match> Text::find(Class last) const {
    const auto &is_first = is_first_byte[index(last)];
    const Opcodes &known = known_opcodes[index(last)];
    std::vector<Match> found;
    for (const auto &run : runs_) {
        for (std::size_t at = 0; at < run.bytes.size(); ++at) {
            if (!is_first[run.bytes[at]] || !may_match(run.bytes, at, known)) {
                continue;
            }
            if (const auto here = match(run, at, last)) {
                found.push_back(*here);
            }
        }
    }
    return found;
}

std::optional<Match> Text::encoded_at(uint64_t address) const {
    for (const auto &run : runs_) {
        if (address >= run.begin && address - run.begin < run.bytes.size()) {
            return match(run, address - run.begin, Class::noted);
        }
    }
    return {};
}

} // namespace linker::verify
