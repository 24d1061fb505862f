/// The code of carol, which is in a segment of its own and holds what no other code may.
#pragma once

#include "rt/rt.h"

namespace own_code {

/// Makes `view` its PKRU, and reads `place`, or writes it if `store` is not 0.
uint64_t reach(uint64_t view, uint64_t place, uint64_t store);
uint64_t answer(); // 42
inline constexpr rt::Entry<Domain::carol, reach> reach_entry;
inline constexpr rt::Entry<Domain::carol, answer> answer_entry;

} // namespace own_code
