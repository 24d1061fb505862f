/// Where the next call into a domain begins its stack.
#pragma once

#include "rt/base/slot.h"
#include "rt/key/domain.h"

namespace rt::domain {

inline constexpr unsigned own_spaces = POSTERN_NUMBER_LAST_OWN - POSTERN_NUMBER_FIRST_OWN + 1;
static_assert(sizeof(base::Slot::own_stack) == own_spaces * sizeof(uint64_t));

/// This thread's word for `domain`: where the next call into it begins its stack; 0 while it takes
/// none. Those of domains with a key are by key, for the gates.
inline uint64_t &stack_word(Domain domain) {
    base::Slot &slot = base::slot();
    return key::is_own(domain) ? slot.own_stack[key::number_of(domain) - POSTERN_NUMBER_FIRST_OWN]
                               : slot.stack[key::number_of(domain)];
}

} // namespace rt::domain
