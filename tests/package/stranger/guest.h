/// What the guest offers.
#pragma once

#include "rt/rt.h"

namespace guest {

uint64_t twice(uint64_t number);

} // namespace guest

constexpr rt::Entry<Domain::guest, guest::twice> twice;
