/// How long the two sides of a mailbox spin.
#pragma once

#include "rt/space/child.h"

namespace rt::space {

/// With WAITING spin, where this program may run on two cores, the children of all domains spin.
/// Once at start, after the mailboxes have been made.
void choose_waiting();

/// Whether they do.
bool can_spin();

/// Measures how long, before the first birth: a hand-over to the zygote on another core, both sides
/// asleep. False if the zygote does not answer.
bool measure_waiting(Child &zygote);

/// How often each side looks before it sleeps; 0 until that has been measured.
uint32_t looks();

/// What so many looks take, in cycles.
uint64_t spun();

/// Looks for `value` so many times. True if it has come.
inline bool look_for(const volatile uint32_t &word, uint32_t value, uint32_t times) {
    for (; times != 0; --times) {
        if (__atomic_load_n(&word, __ATOMIC_ACQUIRE) == value) {
            return true;
        }
        __builtin_ia32_pause();
    }
    return false;
}

} // namespace rt::space
