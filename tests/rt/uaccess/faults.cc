/// Accesses that pass the range check and fault all the same: EFAULT, and the window is closed.
#include "rt/key/isolation.h"
#include "rt/sys/process.h"
#include "tests/rt/uaccess/places.h"

namespace {

using places::claim_at;
using places::Hole;
using places::is_closed;

void read_plainly_after_a_fault() {
    const Hole hole;
    if (rt::get_user<uint64_t>(Domain::alice, claim_at(Hole::begin()))) {
        rt::sys::exit(1);
    }
    static_cast<void>(*reinterpret_cast<const volatile uint64_t *>(&places::alice_word));
}

} // namespace

POSTERN_TEST("deny.uaccess.a_fault_is_an_error", SHOWS(faulting_access_is_efault),
             TRIES(attack_66)) {
    const uint64_t word = 0x1122334455667788;
    EXPECT(bool(rt::put_user(Domain::alice, claim_at(Hole::begin()), word)));
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::alice, claim_at(Hole::begin())).value_or(0), word);
    {
        const Hole hole;
        const auto got = rt::get_user<uint64_t>(Domain::alice, claim_at(Hole::begin()));
        EXPECT(!got && got.error() == rt::Errno::bad_address);
        EXPECT(is_closed());
        const auto put = rt::put_user(Domain::alice, claim_at(Hole::begin()), uint8_t{1});
        EXPECT(!put && put.error() == rt::Errno::bad_address);
        EXPECT(is_closed());
        const auto straddling = rt::get_user<uint64_t>(Domain::alice, claim_at(Hole::begin() - 1));
        EXPECT(!straddling && is_closed());
        const auto before = rt::get_user<uint64_t>(Domain::alice, claim_at(Hole::begin() - 8));
        EXPECT(bool(before));
    }
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::alice, claim_at(Hole::begin())).value_or(0), word);
}

POSTERN_TEST("deny.uaccess.a_copy_that_faults_says_how_much", SHOWS(faulting_access_is_efault)) {
    constexpr size_t before = 24;
    unsigned char ours[64];
    for (size_t i = 0; i < sizeof ours; ++i) {
        ours[i] = static_cast<unsigned char>(i + 1);
    }
    const uint64_t at = Hole::begin() - before;
    EXPECT(bool(rt::copy_to_domain(Domain::alice, claim_at(at), ours, sizeof ours)));
    const Hole hole;
    const auto from = rt::copy_from_domain(Domain::alice, ours, claim_at(at), sizeof ours);
    EXPECT(!from && from.error() == rt::Errno::bad_address && is_closed());
    EXPECT_EQUAL(from.copied(), before);
    for (size_t i = 0; i < sizeof ours; ++i) {
        EXPECT_EQUAL(ours[i], i < before ? i + 1 : 0);
    }
    const auto to = rt::copy_to_domain(Domain::alice, claim_at(at), ours, sizeof ours);
    EXPECT(!to && is_closed());
    EXPECT_EQUAL(to.copied(), before);
    char text[64];
    const auto string = rt::string_from_domain(Domain::alice, text, claim_at(at));
    EXPECT(!string && string.error() == rt::Errno::bad_address && is_closed());
    EXPECT_EQUAL(text[0], 0);
}

POSTERN_TEST("deny.uaccess.a_fault_closes_the_window", SHOWS(window_is_closed_again)) {
    const auto end = harness::in_child(read_plainly_after_a_fault);
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("postern: the monitor itself: read of "));
    EXPECT(end.says(!rt::key::is_apart(Domain::alice) ? "(alice's data, key 2)" : "(alice's data)"));

    const Hole hole;
    const rt::UserAccess window(Domain::alice);
    EXPECT(bool(window.get<uint64_t>(rt::Claimed::of(&places::alice_word))));
    EXPECT(!window.get<uint64_t>(claim_at(Hole::begin())));
    EXPECT(is_closed());
    const auto after = window.get<uint64_t>(rt::Claimed::of(&places::alice_word));
    EXPECT(!after && after.error() == rt::Errno::bad_address);
}
