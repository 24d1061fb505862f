/// Single values of a domain's memory: fetched or stored once, by one instruction.
#pragma once

#include <stddef.h>

#include "rt/base/fault.h"
#include "rt/base/result.h"
#include "rt/uaccess/claimed.h"

/// What rt/uaccess/access.S gives back.
struct RtLoaded {
    uint64_t value;
    uint64_t failed;
};

namespace rt::uaccess {

/// A value that one instruction loads or stores.
template <class T>
inline constexpr bool is_user_value = __is_trivially_copyable(T) && !base::is_pointer<T> &&
                                      (sizeof(T) == 1 || sizeof(T) == 2 || sizeof(T) == 4 ||
                                       sizeof(T) == 8);

namespace detail {

/// In a window of their own.
RtLoaded get(Domain domain, Claimed from, size_t bytes);
bool put_fails(Domain domain, Claimed to, uint64_t value, size_t bytes);

/// In the window that is open.
RtLoaded load(Domain domain, Claimed from, size_t bytes);
bool store_fails(Domain domain, Claimed to, uint64_t value, size_t bytes);

template <class T>
base::Result<T> value_of(RtLoaded loaded) {
    static_assert(!base::is_same<T, bool>, "read a uint8_t and compare it: a domain's byte need "
                                           "not be a bool");
    static_assert(is_user_value<T>,
                  "get_user and put_user take values of 1, 2, 4 or 8 bytes that are no pointers: "
                  "use copy_from_domain and copy_to_domain for others");
    if (loaded.failed != 0) {
        return base::Errno::bad_address;
    }
    T value;
    __builtin_memcpy(&value, &loaded.value, sizeof value);
    return value;
}

template <class T>
uint64_t word_of(const T &value) {
    static_assert(is_user_value<T>,
                  "get_user and put_user take values of 1, 2, 4 or 8 bytes that are no pointers: "
                  "use copy_from_domain and copy_to_domain for others");
    uint64_t word = 0;
    __builtin_memcpy(&word, &value, sizeof value);
    return word;
}

inline base::Result<base::Done> done_unless(bool failed) {
    if (failed) {
        return base::Errno::bad_address;
    }
    return base::Done{};
}

} // namespace detail

/// The T of 1, 2, 4 or 8 bytes, at any alignment, that `domain` has at `from`. EFAULT unless all of
/// it lies in one region of that domain, and when the access faults all the same. A bool is read as
/// a uint8_t and compared: what the domain has there may be neither true nor false.
template <class T>
base::Result<T> get_user(Domain domain, Claimed &&from) {
    return detail::value_of<T>(detail::get(domain, from.take(), sizeof(T)));
}

/// Stores `value` at `to`, with the same conditions.
template <class T>
base::Result<base::Done> put_user(Domain domain, Claimed to, const T &value) {
    return detail::done_unless(detail::put_fails(domain, to, detail::word_of(value), sizeof(T)));
}

} // namespace rt::uaccess
