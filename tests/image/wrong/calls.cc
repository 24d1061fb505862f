/// Calls into a domain that must not compile.
#include "rt/rt.h"

namespace {

struct Pair {
    uint64_t first;
    uint64_t second;
};

uint64_t add(uint64_t left, uint64_t right) {
    return left + right;
}
constexpr rt::Entry<Domain::alice, add> alice_adds;
constexpr rt::Entry<Domain::bob, add> bob_adds;

} // namespace

// right
uint64_t use() {
    return rt::call<Domain::alice>(alice_adds, 1ul, 2ul).value_or(0);
}
uint64_t use_other() {
    return rt::call<Domain::bob>(bob_adds, 1ul, 2ul).value_or(0);
}

// wrong pointer_argument: no pointer and no reference crosses: pass rt::Claimed
// shows impassable_does_not_compile
uint64_t length(const char *text);
constexpr rt::Entry<Domain::alice, length> entry;

// wrong pointer_result: no pointer and no reference crosses: pass rt::Claimed
// shows impassable_does_not_compile
const char *name();
constexpr rt::Entry<Domain::alice, name> entry;

// wrong reference_argument: no pointer and no reference crosses: pass rt::Claimed
// shows impassable_does_not_compile
void increment(uint64_t &number);
constexpr rt::Entry<Domain::alice, increment> entry;

// wrong seven_arguments: an entry takes at most six arguments
// shows impassable_does_not_compile
int sum(int, int, int, int, int, int, int);
constexpr rt::Entry<Domain::alice, sum> entry;

// wrong struct_of_16_bytes: a value that crosses is trivially copyable and has at most 8 bytes
// shows impassable_does_not_compile
uint64_t add_pair(Pair pair);
constexpr rt::Entry<Domain::alice, add_pair> entry;

// wrong result_of_16_bytes: a value that crosses is trivially copyable and has at most 8 bytes
// shows impassable_does_not_compile
Pair make_pair();
constexpr rt::Entry<Domain::alice, make_pair> entry;

// wrong plain_function: rt::call takes an rt::Entry of the domain that it names
// shows impassable_does_not_compile
void use() {
    rt::call<Domain::alice>(add, 1ul, 2ul);
}

// wrong function_pointer: rt::call takes an rt::Entry of the domain that it names
// shows words_are_never_code_addresses
uint64_t use(uint64_t (*handed_over)(uint64_t, uint64_t)) {
    return rt::call<Domain::alice>(handed_over, 1ul, 2ul).value_or(0);
}

// wrong claimed_function: rt::call takes an rt::Entry of the domain that it names
// shows words_are_never_code_addresses
void use(rt::Claimed handed_over) {
    rt::call<Domain::alice>(handed_over);
}

// wrong entry_of_a_pointer: is not a constant expression
// shows words_are_never_code_addresses
void use(uint64_t (*handed_over)(uint64_t, uint64_t)) {
    const rt::Entry<Domain::alice, handed_over> entry;
}

// wrong entry_of_another_domain: rt::call takes an rt::Entry of the domain that it names
// shows impassable_does_not_compile
void use() {
    rt::call<Domain::alice>(bob_adds, 1ul, 2ul);
}

// wrong argument_type: cannot initialize a parameter of type 'unsigned long'
// shows impassable_does_not_compile
uint64_t use() {
    return rt::call<Domain::alice>(alice_adds, 1ul, "two").value_or(0);
}

// wrong argument_count: too few arguments to function call, expected 2, have 1
// shows impassable_does_not_compile
uint64_t use() {
    return rt::call<Domain::alice>(alice_adds, 1ul).value_or(0);
}

// wrong changed_sign: implicit conversion changes signedness: 'int' to 'unsigned long'
// shows impassable_does_not_compile
uint64_t use() {
    return rt::call<Domain::alice>(alice_adds, 1ul, -2).value_or(0);
}

// wrong unknown_domain: no member named 'carol'
// shows impassable_does_not_compile
constexpr rt::Entry<Domain::carol, add> carol_adds;
