/// What each byte of a type holds, asked of the compiler: a value, a bool, or padding.
#pragma once

#include <stddef.h>

// The compiler answers, in a constant expression that reads each byte. It has values for the bytes
// of numbers, enums, floating point, and structs and arrays of these. A byte of padding has no
// value that it could read. It refuses a type as a whole if there is a pointer, a reference, a
// union or a bit-field in it. [C++20 bit.cast]
namespace rt::base {

namespace detail {

template <class T>
struct Bytes {
    unsigned char at[sizeof(T)];
};

/// Names a value that is known when the program is compiled.
template <bool value>
struct Constant;

/// True. It is not constant if one of these bytes is padding, or if T is a type that is refused.
template <class T, size_t first, size_t count>
constexpr bool can_read() {
    const auto bytes = __builtin_bit_cast(Bytes<T>, __builtin_bit_cast(T, Bytes<T>{}));
    bool read = true;
    for (size_t i = first; i < first + count; ++i) {
        read = read && bytes.at[i] == 0;
    }
    return read;
}

/// True. It is not constant if one of these bytes is a bool, which cannot be 2, or if T is a type
/// that is refused.
template <class T, size_t first, size_t count>
constexpr bool can_make() {
    Bytes<T> bytes{};
    for (size_t i = first; i < first + count; ++i) {
        bytes.at[i] = 2;
    }
    static_cast<void>(__builtin_bit_cast(T, bytes));
    return true;
}

} // namespace detail

/// Whether bytes [first, first + count) of a T are all values.
template <class T, size_t first = 0, size_t count = sizeof(T)>
inline constexpr bool is_whole = requires {
    typename detail::Constant<detail::can_read<T, first, count>()>;
};

/// Whether bytes [first, first + count) of a T may hold anything: none is a bool, and the type is
/// not refused.
template <class T, size_t first = 0, size_t count = sizeof(T)>
inline constexpr bool holds_any_bytes = requires {
    typename detail::Constant<detail::can_make<T, first, count>()>;
};

namespace detail {

template <class T, size_t first, size_t count>
void clear_padding(unsigned char *bytes) {
    if constexpr (!is_whole<T, first, count>) {
        if constexpr (count == 1) {
            bytes[first] = 0;
        } else {
            clear_padding<T, first, count / 2>(bytes);
            clear_padding<T, first + count / 2, count - count / 2>(bytes);
        }
    }
}

} // namespace detail

/// Zeroes the padding of an object, which would show what its memory held before. Call it on the
/// very object that is copied next, because copying a struct by `=` need not copy its padding.
template <class T>
void clear_padding(T &object) {
    static_assert(
        is_whole<T, 0, 0>,
        "padding is not known in a type with a pointer, a reference, a union or a bit-field");
    detail::clear_padding<T, 0, sizeof(T)>(reinterpret_cast<unsigned char *>(&object));
}

} // namespace rt::base
