/// An address that a domain claims to own.
#pragma once

#include <stdint.h>

namespace rt::uaccess {

/// A number that a domain calls an address of its own, or one that the monitor took of a domain's
/// object. It cannot be dereferenced; uaccess takes it. Between two reads of one place a domain may
/// have changed it, so a claim can be read only once: `take` moves it out and leaves none.
class Claimed {
public:
    constexpr Claimed() = default;
    static constexpr Claimed from_raw(uintptr_t address) { return Claimed(address); }
    /// The address of a domain's object, as the linker knows it.
    static Claimed of(const void *object) { return Claimed(reinterpret_cast<uintptr_t>(object)); }
    constexpr uintptr_t raw() const { return address_; }
    /// Moves the address out. This claim becomes null, so it can be read only once.
    constexpr Claimed take() {
        const Claimed once = *this;
        address_ = 0;
        return once;
    }

private:
    constexpr explicit Claimed(uintptr_t address) : address_(address) {}
    uintptr_t address_ = 0;
};
static_assert(sizeof(Claimed) == 8);

} // namespace rt::uaccess
