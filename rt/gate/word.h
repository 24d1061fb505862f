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

/// Travels as a number: such an argument lies in a general register of its own in C++'s calls, too.
template <class T>
inline constexpr bool is_plain_word = base::is_integer<T> || __is_enum(T);

/// Numbers are extended to the whole word: a callee may rely on 32 bits of a narrow argument.
template <class T>
uint64_t to_word(T value) {
    if constexpr (is_plain_word<T>) {
        return static_cast<uint64_t>(value);
    }
    uint64_t word = 0;
    __builtin_memcpy(&word, &value, sizeof value);
    return word;
}

/// The bytes of the word that a T has. A bool is made of the low byte, so that it is one, whatever
/// a domain left there.
template <class T>
T from_word(uint64_t word) {
    if constexpr (base::is_same<T, bool>) {
        return (word & 0xff) != 0;
    }
    T value;
    __builtin_memcpy(&value, &word, sizeof value);
    return value;
}

/// The words of a request, taken one by one.
struct Words {
    const uint64_t *next;
    template <class T>
    T take() {
        return from_word<T>(*next++);
    }
};

/// One call with all its arguments, the result as a word. Made with braces, which evaluate from
/// left to right, so that each argument takes its own word.
template <auto function, class R, class... Arguments>
struct WordsCall {
    uint64_t result = 0;
    WordsCall(Arguments... arguments) {
        if constexpr (base::is_same<R, void>) {
            function(arguments...);
        } else {
            result = to_word(function(arguments...));
        }
    }
};

} // namespace rt::gate
