/// Cross calls and tables of cross calls that must not compile.
#include "rt/rt.h"

namespace {

uint64_t twice(uint64_t number) {
    return 2 * number;
}
void take(int, int, int, int, int) {}
[[maybe_unused]] void take_more(int, int, int, int, int, int) {}

constexpr rt::Entry<Domain::bob, twice> twice_entry;
constexpr rt::Entry<Domain::bob, take> take_entry;
constexpr rt::CrossCall<1, Domain::alice, twice_entry> to_twice;
constexpr rt::CrossCall<2, Domain::alice, take_entry> to_take;

[[maybe_unused]] uint64_t in_alice() {
    return to_twice(4).value_or(0);
}

} // namespace

// right
POSTERN_CROSS_CALLS(to_twice, to_take);

// wrong six_arguments: a cross call takes at most five arguments
// shows impassable_does_not_compile
constexpr rt::Entry<Domain::bob, take_more> more_entry;
constexpr rt::CrossCall<3, Domain::alice, more_entry> to_more;
constexpr auto more = to_more.number;

// wrong pointer_argument: no pointer and no reference crosses: pass rt::Claimed
// shows impassable_does_not_compile
uint64_t length(const char *text);
constexpr rt::Entry<Domain::bob, length> length_entry;
constexpr rt::CrossCall<3, Domain::alice, length_entry> to_length;
uint64_t use() { return to_length("text").value_or(0); }

// wrong argument_of_another_type: no known conversion from
// shows impassable_does_not_compile
struct Other {};
uint64_t use() { return to_twice(Other{}).value_or(0); }

// wrong too_few_arguments: no matching function for call
// shows impassable_does_not_compile
uint64_t use() { return to_twice().value_or(0); }

// wrong result_ignored: ignoring return value
// shows rt_is_hard_to_misuse
void use() { to_twice(4); }

// wrong plain_function: a cross call leads to an rt::Entry
// shows impassable_does_not_compile
constexpr rt::CrossCall<3, Domain::alice, twice> to_function;
constexpr auto number = to_function.number;

// wrong entry_of_the_caller: a cross call leads to another domain
// shows impassable_does_not_compile
constexpr rt::CrossCall<3, Domain::bob, twice_entry> to_itself;
constexpr auto number = to_itself.number;

// wrong not_a_cross_call: no matching function for call to 'cross'
// shows impassable_does_not_compile
POSTERN_CROSS_CALLS(to_twice, twice_entry);

// wrong out_of_order: list cross calls in the order of their numbers
// shows impassable_does_not_compile
POSTERN_CROSS_CALLS(to_take, to_twice);

// wrong gap: list cross calls in the order of their numbers
// shows impassable_does_not_compile
POSTERN_CROSS_CALLS(to_take);
