/// The entries of two domains that share the source of one library.
#pragma once

#include "rt/rt.h"

#define OFFERS(owner)                                                                              \
    namespace owner {                                                                              \
    uint64_t count(uint64_t by);                                                                   \
    uint64_t count_inline(uint64_t by);                                                            \
    uint64_t count_in_a_template(uint64_t by);                                                     \
    uint64_t count_by_a_class(uint64_t by);                                                        \
    uint64_t count_in_common(uint64_t by);                                                         \
    uint64_t count_on_the_board(uint64_t by);                                                      \
    }
OFFERS(alice)
OFFERS(bob)
#undef OFFERS

namespace alice {

/// Refers to all that she defines in others' places, so that the linker keeps it.
uint64_t hold_on(uint64_t value);

} // namespace alice
