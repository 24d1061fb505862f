/// Checked copies between the monitor and a domain.
#pragma once

#include <stddef.h>

#include "rt/base/bytes.h"
#include "rt/base/fault.h"
#include "rt/base/result.h"
#include "rt/uaccess/claimed.h"

namespace rt::uaccess {

/// How a copy ended: whole, or with EFAULT after so many bytes.
class [[nodiscard]] Copied {
public:
    constexpr Copied(size_t copied, size_t wanted) : copied_(copied), whole_(copied == wanted) {}

    /// Whether all of it was copied.
    constexpr explicit operator bool() const { return whole_; }
    /// Bytes that were copied.
    constexpr size_t copied() const { return copied_; }
    /// EFAULT, or none.
    constexpr base::Errno error() const {
        return whole_ ? base::Errno::none : base::Errno::bad_address;
    }
    static constexpr Copied refused() { return Copied(); }

private:
    constexpr Copied() = default;
    size_t copied_ = 0;
    bool whole_ = false;
};

/// Copies `bytes` bytes of `domain`'s memory at `from` to monitor memory, each fetched once. Copies
/// nothing unless the whole range is in one region of that domain. If an access faults all the
/// same, the result says how many bytes were copied. Bytes that were not copied are zero in `to`,
/// which must have room for `bytes` bytes. So compare a length that a domain claims with the
/// buffer's first, or pass the array itself, which has its length.
Copied copy_from_domain(Domain domain, void *to, Claimed &&from, size_t bytes);

namespace detail {

/// Into an array by `copy`, unless the array is too small.
template <class T, size_t count, class Copy>
Copied copy_into(T (&to)[count], Claimed &&from, size_t bytes, Copy copy) {
    static_assert(base::holds_any_bytes<T>,
                  "not all bytes that a domain may hold make such a value: copy into an array "
                  "of plain numbers, or of structs of them");
    if (bytes <= sizeof to) {
        return copy(static_cast<void *>(to), from.take(), bytes);
    }
    from.take();
    __builtin_memset(to, 0, sizeof to);
    return Copied::refused();
}

} // namespace detail

/// The same into an array: more than it holds is refused.
template <class T, size_t count>
Copied copy_from_domain(Domain domain, T (&to)[count], Claimed &&from, size_t bytes) {
    return detail::copy_into(to, from.take(), bytes,
                             [domain](void *whole, Claimed &&claimed, size_t size) {
                                 return copy_from_domain(domain, whole, claimed.take(), size);
                             });
}

/// The other direction, with the same conditions on `to`. After a fault the domain's remaining
/// bytes are as they were. A struct is copied with its padding, which holds what its memory held
/// before: call rt::clear_padding on it first, or give it no padding.
Copied copy_to_domain(Domain domain, Claimed to, const void *from, size_t bytes);

/// Makes `bytes` bytes of `domain`'s memory at `to` zero, with the same conditions.
Copied clear_in_domain(Domain domain, Claimed to, size_t bytes);

/// Copies the string at `from` up to and with its null byte; returns its length without it.
/// ENAMETOOLONG if `capacity` bytes hold no null byte. EFAULT if the domain's region ends before
/// one, or if an access faults. After an error `to` is all zeros.
base::Result<size_t> string_from_domain(Domain domain, char *to, size_t capacity, Claimed &&from);

template <size_t capacity>
base::Result<size_t> string_from_domain(Domain domain, char (&to)[capacity], Claimed &&from) {
    return string_from_domain(domain, to, capacity, from.take());
}

} // namespace rt::uaccess
