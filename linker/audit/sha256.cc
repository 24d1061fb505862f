/// SHA-256 of bytes in memory. [fips 180-4]
#include "linker/audit/sha256.h"

#include <array>
#include <bit>
#include <cmath>
#include <vector>

namespace linker::audit {
namespace {

constexpr std::size_t block_bytes = 64;

/// The first 32 bits of the fractional part of roots of the first primes: 64 cube roots are the
/// constants of the rounds, eight square roots are the initial state. [fips 180-4 4.2.2, 5.3.3]
template <std::size_t count>
std::array<uint32_t, count> roots(long double (*root)(long double)) {
    std::array<uint32_t, count> words{};
    std::size_t found = 0;
    for (uint32_t number = 2; found < count; ++number) {
        bool is_prime = true;
        for (uint32_t divisor = 2; divisor * divisor <= number; ++divisor) {
            is_prime = is_prime && number % divisor != 0;
        }
        if (is_prime) {
            const long double value = root(static_cast<long double>(number));
            words[found++] = static_cast<uint32_t>((value - std::floor(value)) * 4294967296.0L);
        }
    }
    return words;
}

uint32_t word_at(const unsigned char *bytes) {
    return uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 |
           uint32_t{bytes[3]};
}

void compress(std::array<uint32_t, 8> &state, const unsigned char *block) {
    static const auto constants = roots<64>(std::cbrt);
    std::array<uint32_t, 64> w{};
    for (std::size_t i = 0; i < 16; ++i) {
        w[i] = word_at(block + 4 * i);
    }
    for (std::size_t i = 16; i < 64; ++i) {
        const uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
        const uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 64; ++i) {
        const uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i];
        const uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const std::array<uint32_t, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) {
        state[i] += added[i];
    }
}

} // namespace

std::string sha256(std::span<const unsigned char> bytes) {
    auto state = roots<8>(std::sqrt);
    const std::size_t whole = bytes.size() / block_bytes * block_bytes;
    for (std::size_t at = 0; at < whole; at += block_bytes) {
        compress(state, bytes.data() + at);
    }
    std::vector<unsigned char> rest(bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                                    bytes.end());
    rest.push_back(0x80);
    while (rest.size() % block_bytes != block_bytes - sizeof(uint64_t)) {
        rest.push_back(0);
    }
    for (int shift = 56; shift >= 0; shift -= 8) {
        rest.push_back(static_cast<unsigned char>(uint64_t{bytes.size()} * 8 >> shift));
    }
    for (std::size_t at = 0; at < rest.size(); at += block_bytes) {
        compress(state, rest.data() + at);
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const uint32_t word : state) {
        for (int shift = 28; shift >= 0; shift -= 4) {
            text += digits[word >> shift & 15];
        }
    }
    return text;
}

} // namespace linker::audit
