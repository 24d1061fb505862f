/// Single values of a domain's memory: fetched or stored once, by one instruction.
#pragma once

#include <stddef.h>

#include "rt/base/fault.h"
#include "rt/base/result.h"
#include "rt/uaccess/value.h"

/// The result of rt/uaccess/access.S.
struct RtLoaded {
    uint64_t value;
    uint64_t failed;
};

namespace rt::uaccess {

namespace detail {

/// In a window of their own.
RtLoaded get(Domain domain, Claimed from, size_t bytes);
bool put_fails(Domain domain, Claimed to, uint64_t value, size_t bytes);

/// In the window that is open.
RtLoaded load(Domain domain, Claimed from, size_t bytes);
bool store_fails(Domain domain, Claimed to, uint64_t value, size_t bytes);

/// True; does not compile for a type that no single instruction loads or stores.
template <class T>
constexpr bool check_user_value() {
    static_assert(check_value<T>());
    static_assert(
        (sizeof(T) & (sizeof(T) - 1)) == 0,
        "get_user and put_user take values of 1, 2, 4 or 8 bytes: use copy_from_domain and "
        "copy_to_domain for others");
    return true;
}

template <class T>
base::Result<T> value_of(RtLoaded loaded) {
    static_assert(check_user_value<T>());
    if (loaded.failed != 0) {
        return base::Errno::bad_address;
    }
    return from_word<T>(loaded.value);
}

template <class T>
uint64_t word_of(const T &value) {
    static_assert(check_user_value<T>());
    return to_word(value);
}

inline base::Result<base::Done> done_unless(bool failed) {
    if (failed) {
        return base::Errno::bad_address;
    }
    return base::Done{};
}

} // namespace detail

/// The T of 1, 2, 4 or 8 bytes, at any alignment, that `domain` has at `from`. EFAULT unless all of
/// it is in one region of that domain, and if the access faults all the same. rt/uaccess/value.h
/// says what a T may be. A bool is true unless the domain's byte is 0. An enum is whatever number
/// the domain has there.
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
