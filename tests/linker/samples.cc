/// Strings of bytes made from the one table of encodings: each is an instruction that a row of it
/// means.
#include "tests/linker/samples.h"

#include <cstdio>

namespace verify_test {
namespace {

using linker::verify::Map;

/// The third byte of VEX or EVEX: `rest`, with the two bits that mean the row's prefix.
unsigned char field_of(const Encoding &encoding, unsigned rest) {
    const unsigned field = encoding.prefix == 0x66   ? 1
                           : encoding.prefix == 0xf3 ? 2
                           : encoding.prefix == 0xf2 ? 3
                                                     : 0;
    return static_cast<unsigned char>(rest | field);
}

/// Escapes that lead to the row's opcode; VEX and EVEX also with a register of the upper half.
std::vector<Bytes> leads(const Encoding &encoding, bool few) {
    if (encoding.map == Map::one_byte) {
        return {{}};
    }
    if (encoding.map == Map::three_bytes) {
        return {{0x0f, 0x38}};
    }
    if (encoding.map == Map::vex_map_7) {
        return {{0xc4, 0xe7, field_of(encoding, 0x78)}, {0xc4, 0xc7, field_of(encoding, 0x78)}};
    }
    if (encoding.map == Map::evex_map_4 || encoding.map == Map::evex_map_7) {
        const auto map = static_cast<unsigned char>(encoding.map == Map::evex_map_4 ? 4 : 7);
        return {{0x62, static_cast<unsigned char>(0xf0 | map), field_of(encoding, 0x7c), 0x08},
                {0x62, static_cast<unsigned char>(0xd8 | map), field_of(encoding, 0x7c), 0x08}};
    }
    std::vector<Bytes> all{{0x0f}};
    if (few) {
        for (const unsigned char payload : Bytes{0x80, 0x88, 0xc5, 0xff}) {
            all.push_back({0xd5, payload});
        }
        return all;
    }
    for (unsigned payload = 0x80; payload <= 0xff; ++payload) {
        all.push_back({0xd5, static_cast<unsigned char>(payload)});
    }
    return all;
}

/// Prefixes that may come before an escape: those that the row needs, with others that change
/// nothing. REX comes last, and not before REX2, VEX or EVEX, which hold the prefix that they need.
std::vector<Bytes> prefixes(const Encoding &encoding, bool has_no_rex, bool few) {
    const bool is_base = encoding.name == "wrfsbase" || encoding.name == "wrgsbase";
    const bool is_inside = encoding.map >= Map::vex_map_7;
    const unsigned char needed = is_base ? 0xf3 : is_inside ? 0 : encoding.prefix;
    const std::vector<Bytes> others =
        few ? std::vector<Bytes>{{}} : std::vector<Bytes>{{}, {0x67}, {0x64}, {0x2e, 0x65}};
    const Bytes rexes = has_no_rex ? Bytes{} : few ? Bytes{0x48} : Bytes{0x40, 0x48, 0x4f};
    std::vector<Bytes> all;
    for (Bytes run : others) {
        if (needed != 0) {
            run.push_back(needed);
        }
        all.push_back(run);
        for (const unsigned char rex : rexes) {
            all.push_back(run);
            all.back().push_back(rex);
        }
    }
    return all;
}

/// The bytes after ModRM that complete the instruction: SIB, displacement.
Bytes operand_rest(unsigned modrm) {
    const unsigned mode = modrm >> 6;
    const unsigned base = modrm & 7;
    Bytes rest;
    if (mode == 3) {
        return rest;
    }
    if (base == 4) {
        rest.push_back(0x24);
    }
    const unsigned displacement = mode == 1 ? 1 : mode == 2 || base == 5 ? 4 : 0;
    rest.insert(rest.end(), displacement, 0x11);
    return rest;
}

/// The bytes that may follow the opcode.
std::vector<Bytes> operands(const Encoding &encoding) {
    if (!encoding.operand.exists()) {
        return encoding.name == "int" ? std::vector<Bytes>{{0x00}, {0x03}, {0x81}, {0xff}}
                                      : std::vector<Bytes>{{}};
    }
    std::vector<Bytes> all;
    for (unsigned modrm = 0; modrm <= 0xff; ++modrm) {
        if (encoding.operand.fits(static_cast<uint8_t>(modrm))) {
            all.push_back({static_cast<unsigned char>(modrm)});
            const Bytes rest = operand_rest(modrm);
            all.back().insert(all.back().end(), rest.begin(), rest.end());
        }
    }
    return all;
}

} // namespace

std::vector<Sample> samples(bool few) {
    std::vector<Sample> all;
    for (const auto &encoding : linker::verify::encodings) {
        const std::size_t looked_at = encoding.operand.exists() ? 2 : 1;
        for (const auto &lead : leads(encoding, few)) {
            const bool has_no_rex = !lead.empty() && lead[0] != 0x0f;
            for (const auto &before : prefixes(encoding, has_no_rex, few)) {
                for (const auto &operand : operands(encoding)) {
                    Bytes bytes = before;
                    bytes.insert(bytes.end(), lead.begin(), lead.end());
                    bytes.push_back(encoding.opcode);
                    bytes.insert(bytes.end(), operand.begin(), operand.end());
                    all.push_back({bytes, static_cast<unsigned>(before.size()),
                                   static_cast<unsigned>(lead.size() + looked_at), &encoding});
                }
            }
        }
    }
    return all;
}

std::string text_of(const Bytes &bytes) {
    std::string text;
    for (const unsigned char byte : bytes) {
        char digits[4];
        std::snprintf(digits, sizeof digits, "%s%02x", text.empty() ? "" : " ", unsigned{byte});
        text += digits;
    }
    return text;
}

} // namespace verify_test
