/// An order to a child, and the event that answers it. How both sides wait is in README.md.
#include "rt/space/turn.h"

#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/space/place.h"
#include "rt/space/spin.h"
#include "rt/sys/futex.h"
#include "rt/sys/process.h"

namespace rt::space {

namespace {

constexpr uint32_t no_place = ~0u;

/// The wait that a child's end interrupts: the word, and its value before the answer.
void begin_wait(const volatile uint32_t &word, uint32_t seen) {
    base::Slot &slot = base::slot();
    slot.wait_seen = seen;
    asm volatile("" : : : "memory"); // note_end() runs in a signal handler of this thread
    slot.wait_word = reinterpret_cast<uint64_t>(&word);
    asm volatile("" : : : "memory");
}

/// Nothing of it stays in the slot.
void end_wait() {
    base::Slot &slot = base::slot();
    slot.wait_word = 0;
    asm volatile("" : : : "memory"); // as above
    slot.wait_seen = 0;
}

/// How many ends of children have been signalled.
constinit volatile uint32_t ends = 0;

POSTERN_SETTLED int parent = 0;

/// Every word is read once: the child may write them at any time.
Told read_event(const Child &child) {
    const volatile Answers &answers = *child.answers;
    Told told{.ended = Ended::answered, .event = static_cast<Event>(answers.kind), .words = {}};
    for (unsigned i = 0; i < mailbox_words; ++i) {
        told.words[i] = answers.words[i];
    }
    return told;
}

/// Nanoseconds that are left; 0 for none, and `any_time` without an end.
constexpr uint64_t any_time = ~uint64_t{0};
uint64_t left(Until until) {
    base::Slot &slot = base::slot();
    const bool is_deadline = until.end == 0;
    const uint64_t end = is_deadline ? slot.deadline : until.end;
    if (is_deadline && base::has_deadline_passed()) {
        return 0;
    }
    if (end == 0) {
        return any_time;
    }
    const uint64_t now = sys::monotonic_nanoseconds();
    if (is_deadline && now >= end) {
        slot.deadline_passed = 1; // as its signal says it (rt/gate/deadline.h)
    }
    return now < end ? end - now : 0;
}

/// Sleeps until there is an answer, the child has ended, or the deadline has passed.
Told sleep_for_event(Child &child, bool woken, Until until) {
    volatile Orders &orders = *child.orders;
    place(child);
    orders.waiting = 1;
    // Each side announces that it sleeps, and looks at the other's announcement afterwards.
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (!woken && is_asleep(child)) {
        sys::wake_one(child.orders->sequence);
    }
    Told told{.ended = Ended::late, .event = {}, .words = {}};
    for (;;) {
        const uint32_t seen = __atomic_load_n(&child.answers->sequence, __ATOMIC_ACQUIRE);
        if (seen == child.orders->sequence) {
            told = read_event(child);
            break;
        }
        const uint64_t nanoseconds = left(until);
        if (nanoseconds == 0) {
            break;
        }
        begin_wait(child.answers->sequence, seen);
        if (ended(child)) {
            told.ended = Ended::died;
            break;
        }
        static_cast<void>(sys::wait_while(child.answers->sequence, seen,
                                          nanoseconds == any_time ? 0 : nanoseconds));
    }
    end_wait();
    orders.waiting = 0;
    return told;
}

/// Whether the turn that begins is waited for on two cores.
bool begin_turn(Child &child, uint64_t now) {
    const bool parts = child.spins.begin_turn(now);
    if (child.yields.begin_turn() || parts) {
        tell_how_to_wait(child);
    }
    if (parts) {
        place(child);
    }
    return parts;
}

void publish(Child &child, Order kind) {
    child.orders->kind = static_cast<uint32_t>(kind);
    __atomic_store_n(&child.orders->sequence, child.orders->sequence + 1, __ATOMIC_RELEASE);
}

Told wait_apart(Child &child, bool woken, Until until) {
    const uint32_t awaited = child.orders->sequence;
    const bool is_seen = look_for(child.answers->sequence, awaited, looks());
    if (is_seen && !woken) {
        child.spins.note_seen();
        return read_event(child);
    }
    const uint64_t begin = __builtin_ia32_rdtsc();
    const Told told = is_seen ? read_event(child) : sleep_for_event(child, woken, until);
    const uint64_t end = __builtin_ia32_rdtsc();
    if (child.spins.note_missed(end - begin + spun(), end)) {
        tell_how_to_wait(child);
        place(child);
    }
    return told;
}

Told wait_together(Child &child, bool woken, Until until, uint64_t begin) {
    for (uint32_t done = 0; done < child.orders->yield && !has_answered(child) &&
                            __builtin_ia32_rdtsc() - begin <= Yields::slow;
         ++done) {
        sys::yield();
    }
    const Told told = has_answered(child) ? read_event(child)
                                          : sleep_for_event(child, woken, until);
    const uint64_t cycles = __builtin_ia32_rdtsc() - begin;
    child.spins.note_together(cycles);
    if (child.yields.judge(cycles)) {
        tell_how_to_wait(child);
    }
    return told;
}

} // namespace

bool ended(Child &child) {
    const uint32_t signalled = ends;
    if (child.ends_seen == signalled) {
        return false;
    }
    child.ends_seen = signalled;
    return has_ended(child);
}

bool has_answered(const Child &child) {
    return __atomic_load_n(&child.answers->sequence, __ATOMIC_ACQUIRE) == child.orders->sequence;
}

Until Until::from_now(uint64_t nanoseconds) {
    return {sys::monotonic_nanoseconds() + nanoseconds};
}

void tell_how_to_wait(const Child &child) {
    const bool is_apart = child.spins.are_apart();
    child.orders->spin = is_apart ? looks() : 0;
    child.orders->yield = is_apart ? 0 : child.yields.each_side();
}

void prepare_turns() {
    parent = sys::getpid(); // also of the children that a fork of this program makes
}

void reset(Child &child) {
    Orders &orders = *child.orders;
    orders.sequence = 1;
    orders.waiting = 0;
    tell_how_to_wait(child);
    orders.selector = 1;
    orders.parent = static_cast<uint64_t>(parent);
    if (child.is_used) { // the domain's earlier life has left there what it wanted
        __builtin_memset(child.answers, 0, sizeof(Answers));
    }
    child.is_used = true;
    orders.place = no_place;
    child.ends_seen = ends;
}

Told turn(Child &child, Order kind, Until until) {
    const bool stays_apart = child.spins.are_apart(); // its turns need no clock
    const uint64_t begin = stays_apart ? 0 : __builtin_ia32_rdtsc();
    const bool is_apart = stays_apart || begin_turn(child, begin);
    publish(child, kind);
    const bool woken = is_asleep(child);
    if (woken) {
        sys::wake_one(child.orders->sequence);
    }
    return is_apart ? wait_apart(child, woken, until) : wait_together(child, woken, until, begin);
}

void give(Child &child, Order kind) {
    publish(child, kind);
    __atomic_thread_fence(__ATOMIC_SEQ_CST); // as in sleep_for_event
    if (is_asleep(child)) {
        sys::wake_one(child.orders->sequence);
    }
}

Told await(Child &child, Until until) {
    return sleep_for_event(child, true, until);
}

Told first_event(Child &child) {
    if (has_answered(child)) {
        return read_event(child);
    }
    const Until end = Until::from_now(birth_takes);
    Told told = await(child, Until::from_now(birth_takes_at_least));
    while (told.ended == Ended::late && left(Until::deadline()) != 0 && left(end) != 0) {
        told = await(child, Until::from_now(birth_takes_at_least));
    }
    return told;
}

void note_end() {
    __atomic_fetch_add(&ends, 1, __ATOMIC_RELAXED);
    const base::Slot &slot = base::slot();
    if (slot.wait_word != 0) {
        // The wait ends, also if it has not begun yet. An answer that has come stays, and the new
        // value is none: an answer's sequence is one more than the last, and this one is even then,
        // too, where that one is odd.
        constexpr uint32_t not_an_answer = uint32_t{1} << 31;
        auto seen = static_cast<uint32_t>(slot.wait_seen);
        __atomic_compare_exchange_n(reinterpret_cast<uint32_t *>(slot.wait_word), &seen,
                                    seen ^ not_an_answer, false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_SEQ_CST);
    }
}

} // namespace rt::space
