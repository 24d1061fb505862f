/// Descriptors that a domain is given: numbers of its own, and none of another's.
#include "tests/harness/harness.h"

namespace {

using rt::sys::Descriptor;

} // namespace

POSTERN_TEST("run.grants.numbers_are_the_domains_own", SHOWS(descriptors_are_declared)) {
    const auto first = rt::grant_descriptor(Domain::alice, Descriptor::error);
    const auto second = rt::grant_descriptor(Domain::alice, Descriptor::output);
    const auto of_bob = rt::grant_descriptor(Domain::bob, Descriptor::input);
    EXPECT(first && first.value() == 0);
    EXPECT(second && second.value() == 1);
    EXPECT(of_bob && of_bob.value() == 0);
    EXPECT(rt::lookup_descriptor(Domain::alice, 0).value_or(Descriptor::input) ==
           Descriptor::error);
    EXPECT(rt::lookup_descriptor(Domain::alice, 1).value_or(Descriptor::input) ==
           Descriptor::output);
    EXPECT(rt::lookup_descriptor(Domain::bob, 0).value_or(Descriptor::error) == Descriptor::input);
    EXPECT(rt::revoke_descriptor(Domain::alice, 0).value_or(Descriptor::input) ==
           Descriptor::error);
    EXPECT(!rt::lookup_descriptor(Domain::alice, 0));
    const auto again = rt::grant_descriptor(Domain::alice, Descriptor::input);
    EXPECT(again && again.value() == 0);
    EXPECT(rt::revoke_descriptor(Domain::alice, 0) && rt::revoke_descriptor(Domain::alice, 1));
    EXPECT(bool(rt::revoke_descriptor(Domain::bob, 0)));
}

POSTERN_TEST("deny.grants.a_number_that_was_not_given", SHOWS(descriptors_are_declared),
             TRIES(attack_42)) {
    const uint64_t numbers[] = {0, 1, 2, 15, 16, 17, 0xffffffff, uint64_t{1} << 32, ~uint64_t{0}};
    for (const uint64_t number : numbers) {
        EXPECT(!rt::lookup_descriptor(Domain::alice, number));
    }
    const auto mine = rt::grant_descriptor(Domain::alice, Descriptor::error);
    EXPECT(mine && rt::lookup_descriptor(Domain::alice, mine.value()));
    for (const uint64_t number : numbers) {
        const auto file = rt::lookup_descriptor(Domain::alice, number);
        EXPECT(bool(file) == (number == 0));
        EXPECT(!rt::lookup_descriptor(Domain::bob, number)); // another's number is none of bob's
    }
    EXPECT(!rt::revoke_descriptor(Domain::bob, 0) &&
           rt::revoke_descriptor(Domain::bob, 0).error() == rt::Errno::bad_descriptor);
    EXPECT(bool(rt::revoke_descriptor(Domain::alice, 0)));
    EXPECT(rt::revoke_descriptor(Domain::alice, 0).error() == rt::Errno::bad_descriptor);
}

POSTERN_TEST("deny.grants.what_is_not_open_and_too_many", SHOWS(descriptors_are_declared),
             TRIES(attack_65)) {
    EXPECT(rt::grant_descriptor(Domain::alice, static_cast<Descriptor>(777)).error() ==
           rt::Errno::bad_descriptor);
    EXPECT(rt::grant_descriptor(Domain::alice, static_cast<Descriptor>(-1)).error() ==
           rt::Errno::bad_descriptor);
    for (uint32_t number = 0; number < rt::syscall::most_descriptors; ++number) {
        EXPECT(rt::grant_descriptor(Domain::alice, Descriptor::error).value_or(99) == number);
    }
    EXPECT(rt::grant_descriptor(Domain::alice, Descriptor::error).error() ==
           rt::Errno::too_many_files);
    for (uint32_t number = 0; number < rt::syscall::most_descriptors; ++number) {
        EXPECT(bool(rt::revoke_descriptor(Domain::alice, number)));
    }
}
