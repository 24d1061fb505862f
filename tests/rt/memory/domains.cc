/// Whose memory functions a domain, the app and the runtime call where one domain has functions of
/// the same names.
#include "linker/symbols.h"
#include "rt/memory/memory.h"
#include "tests/harness/harness.h"
#include "tests/rt/memory/entries.h"

namespace {

constexpr rt::Entry<Domain::alice, alice_moves> moves_entry;
constexpr rt::Entry<Domain::alice, alice_copy_address> alice_address_entry;
constexpr rt::Entry<Domain::alice, alice_compare_address> alice_compare_entry;
constexpr rt::Entry<Domain::bob, bob_copies> copies_entry;
constexpr rt::Entry<Domain::bob, bob_copy_calls> calls_entry;
constexpr rt::Entry<Domain::bob, bob_copy_address> bob_address_entry;

bool is_the_runtimes(uint64_t address) {
    return address >= reinterpret_cast<uint64_t>(__memory_start) &&
           address < reinterpret_cast<uint64_t>(__memory_end);
}

} // namespace

POSTERN_TEST("run.memory.a_domain_has_the_runtimes", SHOWS(memory_functions_are_right)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(moves_entry).value_or(0), 1);
    const uint64_t copy = rt::call<Domain::alice>(alice_address_entry).value_or(0);
    EXPECT(is_the_runtimes(copy));
    EXPECT_EQUAL(copy, reinterpret_cast<uint64_t>(&memcpy));
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_compare_entry).value_or(0),
                 reinterpret_cast<uint64_t>(&memcmp));
}

POSTERN_TEST("run.memory.a_domains_own_are_its_own", SHOWS(names_of_a_domain_are_its_own)) {
    EXPECT_EQUAL(rt::call<Domain::bob>(copies_entry).value_or(0), 1);
    const uint64_t own = rt::call<Domain::bob>(bob_address_entry).value_or(0);
    EXPECT(own != 0 && !is_the_runtimes(own));
    EXPECT_EQUAL(rt::call<Domain::bob>(calls_entry).value_or(0), 2);

    char from[2000] = "the app's", to[2000];
    memcpy(to, from, sizeof to);
    EXPECT_EQUAL(memcmp(to, from, sizeof to), 0);
    EXPECT_EQUAL(rt::call<Domain::alice>(moves_entry).value_or(0), 1);
    EXPECT_EQUAL(rt::call<Domain::bob>(calls_entry).value_or(0), 2); // no more than before
}
