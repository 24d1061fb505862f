/// A service that is given a bad address answers with an error, at any depth; so does memory that
/// the kernel cannot supply.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/sys/call.h"
#include "tests/rt/uaccess/places.h"

namespace {

using places::claim;
using places::claim_at;
using places::Hole;
using rt::sys::call_raw;

constexpr uint64_t refused = ~uint64_t{0};

constexpr rt::Service<1, uint64_t(rt::Claimed, uint64_t)> read_for_me;

/// In alice: asks `depth` calls deep; her own registers and stack are as before.
uint64_t ask(uint64_t address, uint64_t depth) {
    const uint64_t before = address ^ depth;
    const uint64_t answer = read_for_me(claim_at(address), depth);
    return (address ^ depth) == before ? answer : refused - 1;
}
constexpr rt::Entry<Domain::alice, ask> alice_asks;

/// Reads for its caller, inside as many nested calls into that caller as the caller asks for.
uint64_t handle_read_for_me(Domain caller, rt::Claimed claimed, uint64_t depth) {
    if (depth != 0) {
        return rt::call<Domain::alice>(alice_asks, claimed.raw(), depth - 1).value_or(refused - 2);
    }
    return rt::get_user<uint64_t>(caller, claimed.take()).value_or(refused);
}

uint64_t answer_for(uint64_t address, uint64_t depth) {
    return rt::call<Domain::alice>(alice_asks, address, depth).value_or(refused - 3);
}

} // namespace

POSTERN_SERVICES(rt::provide<read_for_me, handle_read_for_me>(Domain::alice));

POSTERN_TEST("deny.uaccess.a_fault_in_a_service_is_an_error_of_the_service",
             SHOWS(faulting_access_is_efault)) {
    constexpr uint64_t value = 0x1234;
    EXPECT(bool(rt::put_user(Domain::alice, claim_at(Hole::begin()), value)));
    for (uint64_t depth = 0; depth < 8; ++depth) {
        EXPECT_EQUAL(answer_for(Hole::begin(), depth), value);
        {
            const Hole hole;
            EXPECT_EQUAL(answer_for(Hole::begin(), depth), refused);
            EXPECT_EQUAL(answer_for(claim(places::bob_word).raw(), depth), refused);
            EXPECT(places::is_closed());
        }
        EXPECT_EQUAL(answer_for(Hole::begin(), depth), value);
    }
}

POSTERN_TEST("deny.uaccess.a_bus_error_is_an_error", SHOWS(faulting_access_is_efault),
             NEEDS_KEYS("maps other memory over a domain's own addresses")) {
    constexpr long read_write = PROT_READ | PROT_WRITE;
    // The second page of shared memory that has one: the mapping grows, and its file does not.
    const long one =
        call_raw(__NR_mmap, 0, POSTERN_PAGE, read_write, MAP_SHARED | MAP_ANONYMOUS, -1);
    const long two = call_raw(__NR_mremap, one, POSTERN_PAGE, 2 * POSTERN_PAGE, MREMAP_MAYMOVE);
    EXPECT_EQUAL(call_raw(__NR_mremap, two + POSTERN_PAGE, POSTERN_PAGE, POSTERN_PAGE,
                          MREMAP_MAYMOVE | MREMAP_FIXED, Hole::begin()),
                 Hole::begin());
    { const Hole tagged; } // after it, the key is alice's
    const auto got = rt::get_user<uint32_t>(Domain::alice, claim_at(Hole::begin() - 2));
    EXPECT(!got && got.error() == rt::Errno::bad_address && places::is_closed());
    const auto put = rt::put_user(Domain::alice, claim_at(Hole::begin()), uint8_t{1});
    EXPECT(!put && put.error() == rt::Errno::bad_address && places::is_closed());
    unsigned char ours[32];
    const auto copied = rt::copy_from_domain(Domain::alice, ours, claim_at(Hole::begin() - 20), 32);
    EXPECT_EQUAL(copied.copied(), 20);
    EXPECT(places::is_closed());
    EXPECT_EQUAL(call_raw(__NR_mmap, Hole::begin(), POSTERN_PAGE, read_write,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1),
                 Hole::begin());
    { const Hole tagged; }
    EXPECT(bool(rt::put_user(Domain::alice, claim_at(Hole::begin()), uint8_t{1})));
    call_raw(__NR_munmap, two, POSTERN_PAGE);
}
