/// Accesses to a domain's memory that must not compile: each would read twice, or believe too much.
#include "rt/rt.h"

namespace {

struct Three {
    char bytes[3];
};
struct Sixteen {
    uint64_t words[2];
};
struct Padded {
    uint8_t kind;
    uint32_t value;
};
struct Named {
    const char *name;
};
struct Answer {
    uint8_t weight;
    bool good;
};

} // namespace

// right
uint64_t use(rt::Claimed claimed, rt::Claimed other) {
    char text[8];
    uint32_t numbers[4];
    const auto copied = rt::copy_from_domain(Domain::alice, numbers, other.take(), sizeof numbers);
    const auto length = rt::string_from_domain(Domain::bob, text, claimed.take());
    return copied.copied() + length.value_or(0);
}
uint64_t use_values(rt::Claimed claimed, rt::Claimed other) {
    const rt::UserAccess window(Domain::alice);
    const bool put = bool(window.put(claimed, uint8_t{1}));
    return put ? window.get<uint64_t>(claimed.take()).value_or(0) + other.raw() : 0;
}
bool use_answer(rt::Claimed claimed) {
    return rt::get_user<Answer>(Domain::alice, claimed.take()).value_or({}).good;
}
uint64_t use_value(rt::Claimed claimed) {
    return rt::get_user<uint16_t>(Domain::alice, claimed.take()).value_or(0);
}

// wrong value_read_twice: expects an rvalue
// shows claims_are_read_once
uint64_t use(rt::Claimed claimed) {
    return rt::get_user<uint64_t>(Domain::alice, claimed).value_or(0);
}

// wrong value_read_twice_in_a_window: expects an rvalue
// shows claims_are_read_once
uint64_t use(rt::Claimed claimed) {
    const rt::UserAccess window(Domain::alice);
    return window.get<uint64_t>(claimed).value_or(0);
}

// wrong copy_read_twice: expects an rvalue
// shows claims_are_read_once
bool use(rt::Claimed claimed, void *to) {
    return bool(rt::copy_from_domain(Domain::alice, to, claimed, 8));
}

// wrong array_read_twice: expects an rvalue
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    char bytes[8];
    return bool(rt::copy_from_domain(Domain::alice, bytes, claimed, 8));
}

// wrong string_read_twice: expects an rvalue
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    char text[8];
    return bool(rt::string_from_domain(Domain::alice, text, claimed));
}

// wrong claim_that_stays: would lose const qualifier
// shows claims_are_read_once
uint64_t use(const rt::Claimed &claimed) {
    return rt::get_user<uint64_t>(Domain::alice, claimed).value_or(0);
}

// wrong copy_bools: not all bytes that a domain may hold make such a value: copy into an array of plain numbers
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    bool flags[8];
    return bool(rt::copy_from_domain(Domain::alice, flags, claimed.take(), 8));
}

// wrong copy_pointers: not all bytes that a domain may hold make such a value: copy into an array of plain numbers
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    void *pointers[2];
    return bool(rt::copy_from_domain(Domain::alice, pointers, claimed.take(), 16));
}

// wrong get_three_bytes: get_user and put_user take values of 1, 2, 4 or 8 bytes
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<Three>(Domain::alice, claimed.take()));
}

// wrong get_sixteen_bytes: a value that crosses is trivially copyable and has at most 8 bytes
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<Sixteen>(Domain::alice, claimed.take()));
}

// wrong get_pointer: no pointer and no reference crosses: pass rt::Claimed
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<const char *>(Domain::alice, claimed.take()));
}

// wrong get_function: no pointer and no reference crosses: pass rt::Claimed
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<void (*)()>(Domain::alice, claimed.take()));
}

// wrong put_pointer: no pointer and no reference crosses: pass rt::Claimed
// shows claims_are_read_once
bool use(rt::Claimed claimed, const char *secret) {
    return bool(rt::put_user(Domain::alice, claimed, secret));
}

// wrong put_padding: padding, a reference, a bit-field or volatile does not cross
// shows claims_are_read_once
bool use(rt::Claimed claimed, Padded padded) {
    return bool(rt::put_user(Domain::alice, claimed, padded));
}

// wrong put_padding_in_a_window: padding, a reference, a bit-field or volatile does not cross
// shows claims_are_read_once
bool use(rt::Claimed claimed, Padded padded) {
    const rt::UserAccess window(Domain::alice);
    return bool(window.put(claimed, padded));
}

// wrong get_pointer_in_a_struct: Named, 0UL>' "this member | Named, 0UL>': this member
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<Named>(Domain::alice, claimed.take()));
}

// wrong copy_structs_with_bools: not all bytes that a domain may hold make such a value
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    Answer answers[2];
    return bool(rt::copy_from_domain(Domain::alice, answers, claimed.take(), sizeof answers));
}

// wrong copy_structs_with_pointers: not all bytes that a domain may hold make such a value
// shows claims_are_read_once
bool use(rt::Claimed claimed) {
    Named names[2];
    return bool(rt::copy_from_domain(Domain::alice, names, claimed.take(), sizeof names));
}

// wrong plain_address: cannot convert argument of incomplete type 'const void *' to '
// shows claims_are_read_once
bool use(const void *theirs) {
    return bool(rt::get_user<uint64_t>(Domain::alice, theirs));
}

// wrong copy_ignored: ignoring return value of
// shows claims_are_read_once
void use(rt::Claimed claimed, const char *text) {
    rt::copy_to_domain(Domain::alice, claimed, text, 8);
}

// wrong value_ignored: ignoring return value of
// shows claims_are_read_once
void use(rt::Claimed claimed) {
    rt::get_user<uint64_t>(Domain::alice, claimed.take());
}

// wrong window_copied: call to deleted constructor of
// shows claims_are_read_once
void use() {
    const rt::UserAccess window(Domain::alice);
    const rt::UserAccess other(window);
}
