/// How long the two sides of a mailbox spin.
#include "rt/space/spin.h"

#include "linker/symbols.h"
#include "rt/base/options.h"
#include "rt/key/domain.h"
#include "rt/space/place.h"
#include "rt/space/turn.h"

namespace rt::space {

namespace {

POSTERN_SETTLED bool is_chosen = false;
constinit uint32_t looks_before_sleep = 0;
constinit uint64_t cycles_before_sleep = 0;

constexpr uint64_t no_time = 0;

/// In cycles, the smallest of some: what else the machine does makes it larger only. Zero if
/// `measured` has failed.
template <class Measured>
uint64_t smallest_of(Measured measured) {
    constexpr unsigned rounds = 6;
    uint64_t smallest = ~uint64_t{0};
    for (unsigned round = 0; round < rounds; ++round) {
        const uint64_t begin = __builtin_ia32_rdtsc();
        if (!measured()) {
            return no_time;
        }
        const uint64_t cycles = __builtin_ia32_rdtsc() - begin;
        smallest = cycles < smallest ? cycles : smallest;
    }
    return smallest;
}

/// An order that asks for nothing, to a zygote that sleeps on another core.
uint64_t measure_hand_over(Child &zygote) {
    zygote.orders->list[0].number = 0;
    const uint64_t cycles = smallest_of([&] {
        zygote.spins = Spins::allowed(); // whatever the last turn was
        return turn(zygote, Order::batch, Until::from_now(birth_takes)).is(Event::batched);
    });
    zygote.spins = Spins{};
    return cycles;
}

uint64_t measure_look(const Child &zygote) {
    constexpr uint32_t some = 256;
    const uint32_t no_answer = zygote.orders->sequence + 1;
    return smallest_of([&] { return !look_for(zygote.answers->sequence, no_answer, some); }) / some;
}

} // namespace

void choose_waiting() {
    if (__option_spins != 1 || !has_two_cores()) {
        return;
    }
    is_chosen = true;
    for (unsigned index = 0; index < key::domain_places; ++index) {
        if (index != key::index_of(no_domain)) {
            child_of(static_cast<Domain>(index)).spins = Spins::allowed();
        }
    }
}

bool can_spin() {
    return is_chosen;
}

bool measure_waiting(Child &zygote) {
    if (!can_spin()) {
        return true;
    }
    const uint64_t hand_over = measure_hand_over(zygote);
    const uint64_t look = measure_look(zygote);
    looks_before_sleep = looks_for(hand_over, look);
    cycles_before_sleep = looks_before_sleep * look;
    return hand_over != no_time;
}

uint32_t looks() {
    return looks_before_sleep;
}

uint64_t spun() {
    return cycles_before_sleep;
}

} // namespace rt::space
