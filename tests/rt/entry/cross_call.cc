/// The callers of the cross tests: the code of alice, and the code that both domains run.
#include "rt/base/slot.h"
#include "rt/entry/service.h"
#include "tests/rt/entry/cross_calls.h"
#include "tests/rt/gate/nesting.h"

namespace crossed {

namespace {

using nesting::Canaries;

/// A frame's result for the outcome of the frame below.
uint64_t plus_one(const rt::base::Result<uint64_t, rt::FaultKind> &below) {
    return below ? below.value() + 1 : fell + static_cast<uint64_t>(below.fault());
}

/// bob is the one whose view opens his key, or names him. The word says so also where no key isolates.
bool is_bob() {
    uint64_t word;
    asm volatile("movq %%gs:%c1, %0" : "=r"(word) : "i"(offsetof(rt::base::Slot, view)));
    constexpr unsigned number = rt::key::number_of(Domain::bob);
    return rt::key::is_own_number(number) ? word >> 32 == number : (word >> 2 * number & 3) == 0;
}

} // namespace

uint64_t cross_five() {
    const uint64_t a = 0x0123456789abcdef;
    const uint64_t b = ~a;
    return to_five(a, b, 3, 4, ~uint64_t{0}).value_or(0) == five(a, b, 3, 4, ~uint64_t{0}) &&
           to_five(0, 0, 0, 0, 1).value_or(0) == 16;
}
uint64_t cross_widths() {
    bool good = true;
    for (int value = -128; value < 128; ++value) {
        const auto number = static_cast<int8_t>(value);
        good &= to_negate(number).value_or(0) == negate(number);
    }
    good &= to_narrow(-128, 65535, -2'000'000'000, true, Colour::blue).value_or(0) ==
            narrow(-128, 65535, -2'000'000'000, true, Colour::blue);
    good &= to_narrow(127, 0, 2'000'000'000, false, Colour::red).value_or(0) ==
            narrow(127, 0, 2'000'000'000, false, Colour::red);
    return good && to_turn(false).value_or(false) && !to_turn(true).value_or(true);
}
uint64_t cross_structs() {
    const auto point = to_mirror(Point{-3, 4, 5});
    const auto product = to_scale(1.5, -2.0f);
    return point && point.value().x == 4 && point.value().y == -3 && point.value().z == -5 &&
           product && product.value() == -3.0;
}
uint64_t cross_nothing() {
    return bool(to_store(0x1234)) && to_load().value_or(0) == 0x1234 && bool(to_store(0));
}
uint64_t cross_to_own_stack() {
    return to_stack_of_alice().value_or(0);
}
uint64_t cross_to_fail(uint64_t way) {
    volatile uint64_t kept = way + 1;
    const auto outcome = to_fail(way);
    const uint64_t kind = outcome ? 0x100 : static_cast<uint64_t>(outcome.fault());
    return kept == way + 1 && to_fail(ways + 5).value_or(0) == ways + 5 ? kind : 0x200;
}
uint64_t cross_raw(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e) {
    return rt_gate_cross(number, a, b, c, d, e).value;
}

uint64_t dive(uint64_t depth, bool falls) {
    const Canaries canaries(depth);
    uint64_t above = 0;
    if (depth != 0) {
        above =
            plus_one(is_bob() ? dive_to_alice(depth - 1, falls) : dive_to_bob(depth - 1, falls));
    } else if (falls) {
        above = fail(by_read);
    }
    return canaries.intact(depth) ? above : broken;
}

uint64_t end_in(uint64_t way) {
    switch (way) {
    case end_faults:
        return fail(by_read);
    case end_refused_service:
        return fail(by_service);
    case end_refused_cross_call:
        return rt_gate_cross(0, 0, 0, 0, 0, 0).value;
    case end_in_a_callee_then_refused:
        return to_fail(by_opcode) ? broken : fail(by_service);
    case end_on_a_claimed_stack:
        return test_cross_on(dive_to_bob.number, 8);
    default:
        return way;
    }
}
uint64_t cross_for_end(uint64_t way) {
    const Canaries canaries(way);
    const uint64_t end = to_ask_for_end(way).value_or(broken);
    const bool goes_on = to_five(1, 2, 3, 4, 5).value_or(0) == five(1, 2, 3, 4, 5);
    return canaries.intact(way) && goes_on ? end : broken;
}

uint64_t mixed(uint64_t depth) {
    const Canaries canaries(depth);
    uint64_t above = 0;
    if (depth % 2 == 1) {
        above = mixed_in_other(depth - 1) + 1;
    } else if (depth != 0) {
        above = plus_one(is_bob() ? mixed_to_alice(depth - 1) : mixed_to_bob(depth - 1));
    }
    return canaries.intact(depth) ? above : broken;
}

} // namespace crossed
