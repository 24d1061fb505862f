/// Where the next call into a domain begins its stack.
#pragma once

#include "rt/base/slot.h"
#include "rt/key/domain.h"

namespace rt::domain {

/// The words of domains without a key; the slot has those of all others, by key, for the gates.
inline constexpr unsigned own_spaces = POSTERN_NUMBER_LAST_OWN - POSTERN_NUMBER_FIRST_OWN + 1;
extern uint64_t stacks_without_key[own_spaces];

/// This thread's word for `domain`: where the next call into it begins its stack; 0 while it takes
/// none.
inline uint64_t &stack_word(Domain domain) {
    return key::is_own(domain)
               ? stacks_without_key[key::number_of(domain) - POSTERN_NUMBER_FIRST_OWN]
               : base::slot().stack[key::number_of(domain)];
}

} // namespace rt::domain
