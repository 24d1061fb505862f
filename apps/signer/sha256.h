/// SHA-256 over bytes that arrive in pieces. [fips 180-4]
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace signer {

struct Digest {
    uint8_t bytes[32];
    friend constexpr bool operator==(const Digest &, const Digest &) = default;
};

class Sha256 {
public:
    static constexpr size_t block_bytes = 64;

    constexpr void add(const uint8_t *data, size_t bytes) {
        size_t held = total_ % block_bytes;
        total_ += bytes;
        while (bytes != 0) {
            if (held == 0 && bytes >= block_bytes) {
                compress(data);
                data += block_bytes;
                bytes -= block_bytes;
                continue;
            }
            block_[held++] = *data++;
            --bytes;
            if (held == block_bytes) {
                compress(block_);
                held = 0;
            }
        }
    }

    /// The digest of all that was added; nothing can be added after it.
    constexpr Digest finish() {
        const uint64_t bits = total_ * 8;
        const uint8_t one = 0x80;
        const uint8_t zero = 0;
        add(&one, 1);
        while (total_ % block_bytes != block_bytes - sizeof bits) {
            add(&zero, 1);
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            const auto byte = static_cast<uint8_t>(bits >> shift);
            add(&byte, 1);
        }
        Digest digest{};
        for (size_t i = 0; i < sizeof digest.bytes; ++i) {
            digest.bytes[i] = static_cast<uint8_t>(state_[i / 4] >> (24 - i % 4 * 8));
        }
        return digest;
    }

private:
    static constexpr uint32_t rotated(uint32_t word, int by) {
        return word >> by | word << (32 - by);
    }

    constexpr void compress(const uint8_t *block) {
        uint32_t w[64];
        for (size_t i = 0; i < 16; ++i) {
            w[i] = uint32_t{block[4 * i]} << 24 | uint32_t{block[4 * i + 1]} << 16 |
                   uint32_t{block[4 * i + 2]} << 8 | uint32_t{block[4 * i + 3]};
        }
        for (size_t i = 16; i < 64; ++i) {
            const uint32_t s0 = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3;
            const uint32_t s1 = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        uint32_t a = state_[0], b = state_[1], c = state_[2], d = state_[3];
        uint32_t e = state_[4], f = state_[5], g = state_[6], h = state_[7];
        for (size_t i = 0; i < 64; ++i) {
            const uint32_t s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
            const uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i];
            const uint32_t s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
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
        const uint32_t added[8] = {a, b, c, d, e, f, g, h};
        for (size_t i = 0; i < 8; ++i) {
            state_[i] += added[i];
        }
    }

    static constexpr uint32_t constants[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2,
    };

    uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    uint64_t total_ = 0;
    uint8_t block_[block_bytes] = {};
};

constexpr Digest sha256(const uint8_t *data, size_t bytes) {
    Sha256 hash;
    hash.add(data, bytes);
    return hash.finish();
}

// The empty message's digest.
static_assert(sha256(nullptr, 0) == Digest{0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14,
                                           0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
                                           0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c,
                                           0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55});

} // namespace signer
