/// All memory that is not the attacker's, watched by sums.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace attack {

/// How much is watched, and how much of it the monitor changes by itself.
struct Watched {
    uint64_t bytes;
    uint64_t restless;
};

/// Begins to watch the monitor's data, command line and stack from `stack` on, and the memory of
/// all domains but the attacker, stacks included but for that of its victim, which it may call.
/// `exercise` does whatever honest work does between two looks: pieces that it changes are restless
/// and not compared. The thread's slot is left to canaries_intact.
Watched watch_everything(uintptr_t stack, void (*exercise)());

/// Whether no watched byte has changed. Says where one has. Of the pages that were nothing but
/// zeros each call looks at some, by turns, unless `all`.
bool everything_intact(bool all);

} // namespace attack
