/// HMAC-SHA-256. [fips 198-1]
#pragma once

#include "apps/signer/sha256.h"

namespace signer {

class Hmac {
public:
    constexpr void begin(const uint8_t *key, size_t bytes) {
        for (uint8_t &byte : block_) {
            byte = 0;
        }
        if (bytes > sizeof block_) {
            const Digest hashed = sha256(key, bytes);
            for (size_t i = 0; i < sizeof hashed.bytes; ++i) {
                block_[i] = hashed.bytes[i];
            }
        } else {
            for (size_t i = 0; i < bytes; ++i) {
                block_[i] = key[i];
            }
        }
        inner_ = {};
        add_padded(inner_, 0x36);
    }

    constexpr void add(const uint8_t *data, size_t bytes) { inner_.add(data, bytes); }

    constexpr Digest finish() {
        const Digest inner = inner_.finish();
        Sha256 outer;
        add_padded(outer, 0x5c);
        outer.add(inner.bytes, sizeof inner.bytes);
        return outer.finish();
    }

private:
    constexpr void add_padded(Sha256 &hash, uint8_t padding) const {
        for (const uint8_t byte : block_) {
            const auto padded = static_cast<uint8_t>(byte ^ padding);
            hash.add(&padded, 1);
        }
    }

    uint8_t block_[Sha256::block_bytes] = {};
    Sha256 inner_;
};

} // namespace signer
