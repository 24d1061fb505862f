/// Values as register words, the only thing that crosses a gate.
#pragma once

#include <stdint.h>

#include "rt/base/traits.h"

namespace rt::gate {

/// May cross a gate: register-sized, trivially copyable, and no pointer, because the other side
/// must not dereference it unchecked.
template <class T>
inline constexpr bool may_cross = base::is_register_sized<T> && !base::is_pointer<T> &&
                                  !__is_lvalue_reference(T) && !__is_rvalue_reference(T);
template <>
inline constexpr bool may_cross<void> = true;

template <class T>
uint64_t to_word(T value) {
    uint64_t word = 0;
    __builtin_memcpy(&word, &value, sizeof value);
    return word;
}

template <class T>
T from_word(uint64_t word) {
    T value;
    __builtin_memcpy(&value, &word, sizeof value);
    return value;
}

} // namespace rt::gate
