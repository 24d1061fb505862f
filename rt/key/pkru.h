/// The PKRU register as a value.
#pragma once

#include <stdint.h>

#include "rt/key/pkey.h"

namespace rt::key {

/// What a view allows on the pages of one key. [sdm-3 4.6.2]
enum class Rights : uint8_t { full = 0, none = 1, read_only = 2 };

/// A PKRU value: for each key an access-disable bit (2k) and a write-disable bit (2k+1).
class Pkru {
public:
    /// Every key closed.
    constexpr Pkru() = default;
    static constexpr Pkru from_raw(uint32_t bits) { return Pkru(bits); }
    constexpr uint32_t raw() const { return bits_; }

    constexpr Pkru with(Pkey key, Rights rights) const {
        const unsigned shift = 2 * key.raw();
        return Pkru((bits_ & ~(3u << shift)) | static_cast<uint32_t>(rights) << shift);
    }
    constexpr Rights rights(Pkey key) const {
        const uint32_t bits = bits_ >> (2 * key.raw()) & 3;
        return (bits & 1) != 0 ? Rights::none : static_cast<Rights>(bits);
    }
    constexpr bool operator==(const Pkru &) const = default;

private:
    constexpr explicit Pkru(uint32_t bits) : bits_(bits) {}
    uint32_t bits_ = 0x55555555;
};

static_assert(Pkru().with(shared_key, Rights::read_only).with(monitor_key, Rights::full).raw() ==
              0x55555552);
static_assert(Pkru::from_raw(0x55555554).rights(shared_key) == Rights::full);
static_assert(Pkru::from_raw(0x55555554).rights(frame_key) == Rights::none);

/// This thread's PKRU. [sdm-2 RDPKRU]
inline Pkru read_pkru() {
    uint32_t bits;
    uint32_t zero;
    asm volatile("rdpkru" : "=a"(bits), "=d"(zero) : "c"(0) : "memory");
    return Pkru::from_raw(bits);
}

} // namespace rt::key
