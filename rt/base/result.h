/// A value or the reason why there is none.
#pragma once

#include "rt/base/errno.h"
#include "rt/base/traits.h"

namespace rt::base {

/// The value of an operation that yields nothing except its success.
struct Done {};

/// Either a T or an E (an Errno or a Fault). Asking a failed result for its value is a bug of the
/// caller and ends in a trap, or with the error's own line where its type has a `refuse_value`.
template <class T, class E = Errno>
class [[nodiscard]] Result {
public:
    Result(const T &value) : value_(value), good_(true) {}
    Result(const E &error) : error_(error), good_(false) {}

    explicit operator bool() const { return good_; }

    const T &value() const {
        if (!good_) [[unlikely]] {
            if constexpr (requires { refuse_value(error_); }) {
                [[clang::nomerge]] refuse_value(error_); // says who asked
            }
            __builtin_trap();
        }
        return value_;
    }
    const E &error() const {
        if (good_) {
            __builtin_trap();
        }
        return error_;
    }
    /// The error of a call across a gate, which is always a Fault.
    const E &fault() const requires(!is_same<E, Errno>) { return error(); }
    T value_or(const T &other) const { return good_ ? value_ : other; }

private:
    union {
        T value_;
        E error_;
    };
    bool good_;

    static_assert(__is_trivially_copyable(T), "a Result holds trivially copyable values only");
    static_assert(__is_trivially_copyable(E), "a Result holds trivially copyable errors only");
};

} // namespace rt::base
