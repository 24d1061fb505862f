/// Accesses to a domain's memory that must not compile: each would read twice, or believe too much.
#include "rt/rt.h"

namespace {

struct Three {
    char bytes[3];
};
struct Sixteen {
    uint64_t words[2];
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
uint64_t use_value(rt::Claimed claimed) {
    return rt::get_user<uint16_t>(Domain::alice, claimed.take()).value_or(0);
}

// wrong value_read_twice: expects an rvalue
uint64_t use(rt::Claimed claimed) {
    return rt::get_user<uint64_t>(Domain::alice, claimed).value_or(0);
}

// wrong value_read_twice_in_a_window: expects an rvalue
uint64_t use(rt::Claimed claimed) {
    const rt::UserAccess window(Domain::alice);
    return window.get<uint64_t>(claimed).value_or(0);
}

// wrong copy_read_twice: expects an rvalue
bool use(rt::Claimed claimed, void *to) {
    return bool(rt::copy_from_domain(Domain::alice, to, claimed, 8));
}

// wrong array_read_twice: expects an rvalue
bool use(rt::Claimed claimed) {
    char bytes[8];
    return bool(rt::copy_from_domain(Domain::alice, bytes, claimed, 8));
}

// wrong string_read_twice: expects an rvalue
bool use(rt::Claimed claimed) {
    char text[8];
    return bool(rt::string_from_domain(Domain::alice, text, claimed));
}

// wrong claim_that_stays: would lose const qualifier
uint64_t use(const rt::Claimed &claimed) {
    return rt::get_user<uint64_t>(Domain::alice, claimed).value_or(0);
}

// wrong get_bool: read a uint8_t and compare it: a domain's byte need not be a bool
bool use(rt::Claimed claimed) {
    return rt::get_user<bool>(Domain::alice, claimed.take()).value_or(false);
}

// wrong get_bool_in_a_window: read a uint8_t and compare it: a domain's byte need not be a bool
bool use(rt::Claimed claimed) {
    const rt::UserAccess window(Domain::alice);
    return window.get<bool>(claimed.take()).value_or(false);
}

// wrong copy_bools: a domain's bytes make no such value: copy into an array of plain numbers
bool use(rt::Claimed claimed) {
    bool flags[8];
    return bool(rt::copy_from_domain(Domain::alice, flags, claimed.take(), 8));
}

// wrong copy_pointers: a domain's bytes make no such value: copy into an array of plain numbers
bool use(rt::Claimed claimed) {
    void *pointers[2];
    return bool(rt::copy_from_domain(Domain::alice, pointers, claimed.take(), 16));
}

// wrong get_three_bytes: get_user and put_user take values of 1, 2, 4 or 8 bytes that are no pointers
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<Three>(Domain::alice, claimed.take()));
}

// wrong get_sixteen_bytes: get_user and put_user take values of 1, 2, 4 or 8 bytes that are no pointers
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<Sixteen>(Domain::alice, claimed.take()));
}

// wrong get_pointer: get_user and put_user take values of 1, 2, 4 or 8 bytes that are no pointers
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<const char *>(Domain::alice, claimed.take()));
}

// wrong get_function: get_user and put_user take values of 1, 2, 4 or 8 bytes that are no pointers
bool use(rt::Claimed claimed) {
    return bool(rt::get_user<void (*)()>(Domain::alice, claimed.take()));
}

// wrong put_pointer: get_user and put_user take values of 1, 2, 4 or 8 bytes that are no pointers
bool use(rt::Claimed claimed, const char *secret) {
    return bool(rt::put_user(Domain::alice, claimed, secret));
}

// wrong plain_address: cannot convert argument of incomplete type 'const void *' to '
bool use(const void *theirs) {
    return bool(rt::get_user<uint64_t>(Domain::alice, theirs));
}

// wrong copy_ignored: ignoring return value of
void use(rt::Claimed claimed, const char *text) {
    rt::copy_to_domain(Domain::alice, claimed, text, 8);
}

// wrong value_ignored: ignoring return value of
void use(rt::Claimed claimed) {
    rt::get_user<uint64_t>(Domain::alice, claimed.take());
}

// wrong window_copied: call to deleted constructor of
void use() {
    const rt::UserAccess window(Domain::alice);
    const rt::UserAccess other(window);
}
