/// The hostile domain alice, and how a test looks at a child from outside.
#pragma once

#include "rt/space/child.h"
#include "tests/attack/strike.h"
#include "tests/harness/random.h"

namespace spaces {

using attack::address_of;

/// What an honest domain answers.
uint64_t add(uint64_t a, uint64_t b, uint64_t c);
inline constexpr rt::Entry<Domain::alice, add> add_in_alice;
inline constexpr rt::Entry<Domain::bob, add> add_in_bob;

/// Writes so many random words anywhere in the answers, and returns `seed`.
uint64_t scribble(uint64_t seed, uint64_t words);
inline constexpr rt::Entry<Domain::alice, scribble> scribble_in_alice;

/// Never returns: answers each order with an event of its choice, or with `event` if that is not 0,
/// early, late or twice, and runs on.
uint64_t haunt(uint64_t seed, uint64_t event);
inline constexpr rt::Entry<Domain::alice, haunt> haunt_in_alice;

/// Faults.
void end();
inline constexpr rt::Entry<Domain::alice, end> end_in_alice;

/// Runs until it is stopped.
void spin();
inline constexpr rt::Entry<Domain::alice, spin> spin_in_alice;

/// The process of a domain; 0 for none.
int process_of(Domain domain);
/// Its spare, once the zygote has made it; 0 for none.
int spare_of(Domain domain);
/// The zygote's.
int zygote();

/// Whether a plain wait for any child says that there is none.
bool sees_no_child();

/// Whether honest calls into both domains work.
bool all_well();

uint64_t now(); // nanoseconds

/// What a call of a hostile domain may take, in nanoseconds: more in an emulator, where loop counts
/// are scaled.
inline uint64_t its_time_at_most() {
    constexpr uint64_t second = 1'000'000'000;
    return harness::scaled(2) == 2 ? second : 10 * second;
}

} // namespace spaces

extern "C" {
/// hostile.S, in a child: gives up the core, by the stub's one `syscall`.
void spaces_yield();
}
