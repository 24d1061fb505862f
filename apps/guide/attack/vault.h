/// The interface of the vault: it signs with a key that no other part can read.
#pragma once

#include "rt/rt.h"

namespace vault {

extern uint64_t key;

/// A signature of the number, for demonstration only.
uint64_t sign(uint64_t number);

} // namespace vault

constexpr rt::Entry<Domain::vault, vault::sign> sign;
