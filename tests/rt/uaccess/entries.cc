/// A domain names code and addresses by numbers: entries by number, claims that are used up.
#include "tests/rt/uaccess/places.h"

namespace {

using places::claim;

uint64_t bob_adds() {
    return places::bob_word + 1;
}
uint64_t bob_doubles() {
    return places::bob_word * 2;
}
constexpr rt::Entry<Domain::bob, bob_adds> bobs_sum;
constexpr rt::Entry<Domain::bob, bob_doubles> bobs_double;

/// In alice: which of bob's functions she wants called; she says it by a number, or tries an
/// address.
uint64_t wish(uint64_t number) {
    return number;
}
constexpr rt::Entry<Domain::alice, wish> alices_wish;

/// Calls the entry that alice chooses: the number is hers, the addresses are the monitor's.
uint64_t call_as_alice_wishes(uint64_t number) {
    switch (rt::call<Domain::alice>(alices_wish, number).value_or(~uint64_t{0})) {
    case 0:
        return rt::call<Domain::bob>(bobs_sum).value_or(0);
    case 1:
        return rt::call<Domain::bob>(bobs_double).value_or(0);
    default:
        return 0; // no such entry
    }
}

} // namespace

POSTERN_TEST("run.call.one_of_several_entries_by_its_number",
             SHOWS(words_are_never_code_addresses)) {
    EXPECT(bool(rt::put_user(Domain::bob, claim(places::bob_word), uint64_t{0x5b0b})));
    EXPECT_EQUAL(call_as_alice_wishes(0), 0x5b0c);
    EXPECT_EQUAL(call_as_alice_wishes(1), 0xb616);
    const uint64_t none[] = {2, ~uint64_t{0}, reinterpret_cast<uint64_t>(&bob_adds)};
    for (const uint64_t number : none) {
        EXPECT_EQUAL(call_as_alice_wishes(number), 0);
    }
}

POSTERN_TEST("unit.claimed.a_claim_that_was_taken_names_nobodys_memory",
             SHOWS(claims_are_read_once)) {
    auto claimed = claim(places::alice_word);
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::alice, claimed.take()).value_or(0),
                 0x0807060504030201);
    const Domain domains[] = {Domain::alice, Domain::bob};
    for (const Domain domain : domains) {
        char ours[8];
        EXPECT(!rt::get_user<uint8_t>(domain, claimed.take()));
        EXPECT(!rt::put_user(domain, claimed, uint8_t{1}));
        EXPECT(!rt::copy_from_domain(domain, ours, claimed.take(), 0));
        EXPECT(!rt::copy_to_domain(domain, claimed, ours, 0));
        EXPECT(!rt::string_from_domain(domain, ours, claimed.take()));
    }
    // A refused read uses a claim up too.
    auto others = claim(places::bob_word);
    EXPECT(!rt::get_user<uint64_t>(Domain::alice, others.take()));
    EXPECT_EQUAL(others.raw(), 0);
}
