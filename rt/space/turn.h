/// An order to a child, and the event that answers it.
#pragma once

#include "rt/space/child.h"

namespace rt::space {

/// How a turn ended. This program knows it, whatever the child says.
enum class Ended : uint8_t {
    answered,
    late, // the time is over, and the child has not answered yet
    died, // its process has ended
};

/// What a child has told, read once: claims. Zeros unless it has answered.
struct Told {
    Ended ended;
    Event event;
    uint64_t words[mailbox_words];

    bool is(Event claimed) const { return ended == Ended::answered && event == claimed; }
};

/// How long this side waits for an event.
struct Until {
    uint64_t end; // in nanoseconds of the monotonic clock; 0: until this thread's deadline
    static constexpr Until deadline() { return {0}; }
    static Until from_now(uint64_t nanoseconds);
};

/// What a birth takes at most, in nanoseconds, on a machine that is very busy; and how long it may
/// take even where that is past a deadline, so that a short one does not prevent all births.
inline constexpr uint64_t birth_takes = 10'000'000'000, birth_takes_at_least = 50'000'000;

/// Once at start, before the first process is made.
void prepare_turns();

/// Prepares the mailbox for a new process: every word that either side reads before the other one
/// has written it.
void reset(Child &child);

/// Has the child wait as this side does: by its mailbox, for each wait that it begins.
void tell_how_to_wait(const Child &child);

/// Gives the order whose words are in the mailbox, and waits for its event.
Told turn(Child &child, Order kind, Until until = Until::deadline());

/// Gives the order, and does not wait: the process goes on by itself. The event is `await`ed later.
void give(Child &child, Order kind);

/// Whether the event of the last order is there.
bool has_answered(const Child &child);

/// Whether the process has ended. It asks the kernel only if some child's end was signalled since it
/// last did, or since `reset`.
bool ended(Child &child);

/// Waits for the event of a new process, which has taken no order yet, for up to `birth_takes`, or
/// until this thread's deadline.
Told first_event(Child &child);

/// Waits again for the event of the last order.
Told await(Child &child, Until until);

/// Called when a child's end has been signalled: a wait for a child looks whether it was its own.
void note_end();

} // namespace rt::space
