/// A restart of a domain with much zero-initialised data, which is searched where each domain has
/// an address space.
#include "tests/harness/harness.h"

namespace {

POSTERN_BSS(alice) unsigned char long_data[0x100000];

rt::Claimed claim(size_t place) {
    return rt::Claimed::of(&long_data[place]);
}

} // namespace

POSTERN_TEST("run.restart.long_data_is_zeros", SHOWS(restart_is_pristine)) {
    constexpr size_t places[] = {0, 1, 4095, 4096, 300'000, 300'001, sizeof long_data - 1};
    for (const size_t place : places) {
        EXPECT(bool(rt::put_user(Domain::alice, claim(place), uint8_t{1})));
    }
    EXPECT(bool(rt::restart(Domain::alice)));
    for (const size_t place : places) {
        EXPECT_EQUAL(rt::get_user<uint8_t>(Domain::alice, claim(place)).value_or(1), 0);
    }
}
