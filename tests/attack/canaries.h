/// The checks after each strike: memory to which the attacker has no right, and the monitor's
/// state.
#pragma once

#include "tests/attack/strike.h"

namespace attack {

constexpr size_t canary_pages = 4;

/// The first word of a page of monitor memory that is checked after every strike.
uint64_t *monitor_canary(size_t page);

/// The first word of bob's checked page, which holds `secret`; for addresses only.
const volatile uint64_t *bob_canary();

/// A word of the thread's public page that nothing uses: every domain can read it, none may write
/// it.
uint64_t public_word();

/// Fills all canaries and takes a picture of the thread's private and public page. Before the first
/// strike of a case.
void set_canaries();

/// Whether nothing has changed that a domain's code must not change: the monitor's pages, private
/// and public page of the slot, bob's page (by an honest call into bob), PKRU, flags, gs, fs. Says
/// what has.
bool canaries_intact();

/// Of that, the monitor's pages and bob's page alone.
bool memory_intact();

/// Whether the strike is contained: it came back, or it is a fault of alice; and canaries are
/// intact. A violation fails the case and is printed with `what` and the file's rip.
bool contained(const Outcome &outcome, const RegisterFile &file, const char *what);

} // namespace attack
