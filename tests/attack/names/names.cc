/// The attacker wants her code to run in another domain's view, by a name that the other domain
/// uses, too. What must hold: each domain that uses a name runs its own function.
#include "tests/attack/names/names.h"

#include "tests/attack/names/inline.h"
#include "tests/harness/harness.h"

/// A variable that the app can do without.
extern "C" [[gnu::weak]] uint64_t test_optional;

namespace {

bool alice_is_linked() {
    return EXPECT_EQUAL(rt::call<Domain::alice>(names::hold_on, 5ul).value_or(0), 5);
}

} // namespace

// A weak function of alice's, and one that is not weak, in place of bob's inline ones.
POSTERN_TEST("attack.names.in_place_of_a_domains_inline_functions",
             SHOWS(names_of_a_domain_are_its_own), TRIES(attack_102)) {
    EXPECT(alice_is_linked());
    EXPECT_EQUAL(rt::call<Domain::bob>(names::work, 5ul).value_or(0), 16);
    EXPECT_EQUAL(rt::call<Domain::bob>(names::secret).value_or(0), names::kept);
}

POSTERN_TEST("attack.names.in_place_of_the_apps_inline_function",
             SHOWS(names_of_a_domain_are_its_own), TRIES(attack_102)) {
    EXPECT(alice_is_linked());
    EXPECT_EQUAL(names::apps(40), 42);
}

// Goal: the app takes alice's variable for one that it has itself.
POSTERN_TEST("attack.names.in_place_of_the_apps_weak_variable",
             SHOWS(names_of_a_domain_are_its_own), TRIES(attack_102)) {
    EXPECT(alice_is_linked());
    EXPECT(&test_optional == nullptr);
}
