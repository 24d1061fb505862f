/// A page-aligned range of addresses.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "linker/layout.h"

namespace rt::base {

/// Bytes [begin, end); both page-aligned, checked when made.
class Region {
public:
    /// Empty.
    constexpr Region() = default;
    static constexpr Region from_raw(uintptr_t begin, uintptr_t end) {
        if (begin > end || begin % POSTERN_PAGE != 0 || end % POSTERN_PAGE != 0) {
            __builtin_trap();
        }
        return Region(begin, end);
    }

    constexpr uintptr_t begin() const { return begin_; }
    constexpr uintptr_t end() const { return end_; }
    constexpr size_t bytes() const { return end_ - begin_; }
    constexpr bool empty() const { return begin_ == end_; }

    /// Whether all of [address, address + bytes) is inside; false if that wraps.
    constexpr bool contains(uintptr_t address, size_t bytes) const {
        return address >= begin_ && address <= end_ && bytes <= end_ - address;
    }

private:
    constexpr Region(uintptr_t begin, uintptr_t end) : begin_(begin), end_(end) {}

    uintptr_t begin_ = 0;
    uintptr_t end_ = 0;
};

static_assert(Region::from_raw(0x1000, 0x3000).contains(0x2fff, 1));
static_assert(!Region::from_raw(0x1000, 0x3000).contains(0x2fff, 2));
static_assert(!Region::from_raw(0x1000, 0x3000).contains(0x2000, ~size_t{0}));

} // namespace rt::base
