/// Protection keys as a type.
#pragma once

#include <stdint.h>

#include "linker/layout.h"

namespace rt::key {

/// A key number, 0 to 15, checked when made.
class Pkey {
public:
    static constexpr unsigned count = 16;

    static constexpr Pkey from_raw(unsigned number) {
        if (number >= count) {
            __builtin_trap();
        }
        return Pkey(static_cast<uint8_t>(number));
    }
    constexpr unsigned raw() const { return number_; }
    constexpr bool operator==(const Pkey &) const = default;

private:
    constexpr explicit Pkey(uint8_t number) : number_(number) {}
    uint8_t number_;
};

inline constexpr Pkey shared_key = Pkey::from_raw(POSTERN_KEY_SHARED);
inline constexpr Pkey monitor_key = Pkey::from_raw(POSTERN_KEY_MONITOR);
inline constexpr Pkey frame_key = Pkey::from_raw(POSTERN_KEY_FRAME);

/// Whether `key` is one that a domain can have.
constexpr bool is_domain_key(Pkey key) {
    return key.raw() >= POSTERN_KEY_FIRST_DOMAIN && key.raw() <= POSTERN_KEY_LAST_DOMAIN;
}

} // namespace rt::key
