/// The cross calls of the cross tests, who makes them (cross_call.cc) and what they lead to
/// (crossed.cc).
#pragma once

#include "rt/rt.h"
#include "tests/rt/gate/cross_call_registers.h"

namespace crossed {

enum class Colour : uint8_t { red = 1, blue = 0xfe };
struct Point {
    int16_t x;
    int16_t y;
    int32_t z;
};

/// In bob: each yields what its caller can compute, too.
uint64_t five(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e);
int64_t narrow(int8_t a, uint16_t b, int32_t c, bool d, Colour e);
int8_t negate(int8_t value);
bool turn(bool value);
Point mirror(Point point);
double scale(double value, float factor);
void store(uint64_t value);
uint64_t load();

/// In bob: the stack pointer that alice has when it is called back.
uint64_t stack_of_alice();

/// In bob: ends in the way with this number (see Way).
uint64_t fail(uint64_t way);
enum Way : uint64_t { by_read, by_opcode, by_division, by_service, by_cross_call, ways };

/// In alice: cross to each of those and yield 1 when all is as it should be.
uint64_t cross_five();
uint64_t cross_widths();
uint64_t cross_structs();
uint64_t cross_nothing();
/// In alice: what stack_of_alice yields.
uint64_t cross_to_own_stack();
/// In alice: the kind of the fault that ends `fail`, 0x100 when there was none.
uint64_t cross_to_fail(uint64_t way);
/// In alice: words as a hostile caller would pass them, with more than the types have.
uint64_t cross_raw(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e);

/// In alice and bob: goes `depth` cross calls down, alternating; the number of frames that kept
/// their stacks, or a wrong number when one did not. The deepest faults where `falls`.
uint64_t dive(uint64_t depth, bool falls);

/// The same by cross call and service in turn: the monitor calls the other domain back.
uint64_t mixed(uint64_t depth);

/// In alice: an end of each kind. In bob: has the monitor call alice to come to it. In alice: has
/// bob do so; what the monitor saw, or `broken`.
uint64_t end_in(uint64_t way);
uint64_t ask_for_end(uint64_t way);
uint64_t cross_for_end(uint64_t way);
enum End : uint64_t {
    end_returns,
    end_faults,
    end_refused_service,
    end_refused_cross_call,
    end_in_a_callee_then_refused,
    end_on_a_claimed_stack,
    ends
};

inline constexpr rt::Entry<Domain::alice, cross_five> cross_five_entry;
inline constexpr rt::Entry<Domain::alice, cross_widths> cross_widths_entry;
inline constexpr rt::Entry<Domain::alice, cross_structs> cross_structs_entry;
inline constexpr rt::Entry<Domain::alice, cross_nothing> cross_nothing_entry;
inline constexpr rt::Entry<Domain::alice, cross_to_fail> cross_to_fail_entry;
inline constexpr rt::Entry<Domain::alice, cross_raw> cross_raw_entry;
inline constexpr rt::Entry<Domain::bob, five> five_entry;
inline constexpr rt::Entry<Domain::bob, narrow> narrow_entry;
inline constexpr rt::Entry<Domain::bob, negate> negate_entry;
inline constexpr rt::Entry<Domain::bob, turn> turn_entry;
inline constexpr rt::Entry<Domain::bob, mirror> mirror_entry;
inline constexpr rt::Entry<Domain::bob, scale> scale_entry;
inline constexpr rt::Entry<Domain::bob, store> store_entry;
inline constexpr rt::Entry<Domain::bob, load> load_entry;
inline constexpr rt::Entry<Domain::bob, fail> fail_entry;
inline constexpr rt::Entry<Domain::bob, dive> dive_in_bob;
inline constexpr rt::Entry<Domain::alice, dive> dive_in_alice;
inline constexpr rt::Entry<Domain::bob, mixed> mixed_in_bob;
inline constexpr rt::Entry<Domain::alice, mixed> mixed_in_alice;
inline constexpr rt::Entry<Domain::bob, test_endless_cross_call> endless_in_bob;
inline constexpr rt::Entry<Domain::alice, test_endless_cross_call> endless_in_alice;

inline constexpr rt::CrossCall<1, Domain::alice, five_entry> to_five;
inline constexpr rt::CrossCall<2, Domain::alice, narrow_entry> to_narrow;
inline constexpr rt::CrossCall<3, Domain::alice, negate_entry> to_negate;
inline constexpr rt::CrossCall<4, Domain::alice, turn_entry> to_turn;
inline constexpr rt::CrossCall<5, Domain::alice, mirror_entry> to_mirror;
inline constexpr rt::CrossCall<6, Domain::alice, scale_entry> to_scale;
inline constexpr rt::CrossCall<7, Domain::alice, store_entry> to_store;
inline constexpr rt::CrossCall<8, Domain::alice, load_entry> to_load;
inline constexpr rt::CrossCall<9, Domain::alice, fail_entry> to_fail;
inline constexpr rt::CrossCall<10, Domain::alice, dive_in_bob> dive_to_bob;
inline constexpr rt::CrossCall<11, Domain::bob, dive_in_alice> dive_to_alice;
inline constexpr rt::CrossCall<12, Domain::alice, mixed_in_bob> mixed_to_bob;
inline constexpr rt::CrossCall<13, Domain::bob, mixed_in_alice> mixed_to_alice;
inline constexpr rt::CrossCall<14, Domain::alice, endless_in_bob> endless_to_bob;
inline constexpr rt::CrossCall<15, Domain::bob, endless_in_alice> endless_to_alice;
inline constexpr rt::Entry<Domain::alice, test_own_stack> own_stack_entry;
inline constexpr rt::Entry<Domain::bob, stack_of_alice> stack_of_alice_entry;
inline constexpr rt::Entry<Domain::alice, cross_to_own_stack> cross_to_own_stack_entry;
inline constexpr rt::CrossCall<16, Domain::bob, own_stack_entry> to_own_stack;
inline constexpr rt::CrossCall<17, Domain::alice, stack_of_alice_entry> to_stack_of_alice;
inline constexpr rt::Entry<Domain::alice, end_in> end_in_entry;
inline constexpr rt::Entry<Domain::alice, cross_for_end> cross_for_end_entry;
inline constexpr rt::Entry<Domain::bob, ask_for_end> ask_for_end_entry;
inline constexpr rt::CrossCall<18, Domain::alice, ask_for_end_entry> to_ask_for_end;
inline constexpr unsigned last_number = 18;

/// Calls `mixed` in the other domain.
inline constexpr rt::Service<1, uint64_t(uint64_t depth)> mixed_in_other;
/// Calls `end_in` in alice: its result, or `fell` and the kind.
inline constexpr rt::Service<2, uint64_t(uint64_t way)> end_in_alice;

/// The result of `dive` and `mixed` when a frame was overwritten.
inline constexpr uint64_t broken = 0xdead0000;
/// Their result, plus the fault's kind, when the frame below faulted.
inline constexpr uint64_t fell = 0x1000;

} // namespace crossed
