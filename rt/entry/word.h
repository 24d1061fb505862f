/// Values as register words, the only thing that crosses a gate.
#pragma once

#include <stdint.h>

#include "rt/uaccess/value.h"

namespace rt::entry {

using uaccess::from_word;
using uaccess::is_number;
using uaccess::to_word;

/// The words of a request, taken one by one.
struct Words {
    const uint64_t *next;
    template <class T>
    T take() {
        return from_word<T>(*next++);
    }
};

/// The section of the app's code that a gate starts in a domain, and that calls the domain's
/// functions there. linker/link refuses a place that names such a function, except in this section
/// and in rows of the table of entries.
#define RT_SECTION_IN_DOMAIN ".text.postern.in_domain"

/// One call with all its arguments, the result as a word. Made with braces, which evaluate from
/// left to right, so that each argument takes its own word.
template <auto function, class R, class... Arguments>
struct WordsCall {
    uint64_t result = 0;
    [[gnu::always_inline]] WordsCall(Arguments... arguments) {
        if constexpr (base::is_same<R, void>) {
            function(arguments...);
        } else {
            result = to_word(function(arguments...));
        }
    }
};

} // namespace rt::entry
