/// The interface of the guest: functions, and an entry for each that may be called.
#pragma once

#include "rt/rt.h"

namespace guest {

/// Adds to the guest's total; returns the total.
uint64_t add(uint64_t number);
/// Writes to any address.
void write_to(uint64_t address);

} // namespace guest

constexpr rt::Entry<Domain::guest, guest::add> add;
constexpr rt::Entry<Domain::guest, guest::write_to> write_to;
