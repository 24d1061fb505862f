/// A domain whose data is shared memory works like any other; only a fork tells them apart.
#include "tests/harness/harness.h"

namespace {

POSTERN_DATA(alice) uint64_t private_counter = 10;
POSTERN_DATA(shared_one) uint64_t shared_counter = 100;
POSTERN_BSS(shared_one) unsigned char shared_page[2 * POSTERN_PAGE];

uint64_t count_private() {
    return ++private_counter;
}
uint64_t count_shared() {
    return ++shared_counter;
}
uint64_t fill_shared(uint8_t with) {
    uint64_t sum = 0;
    for (auto &byte : shared_page) {
        sum += byte;
        byte = with;
    }
    return sum;
}

constexpr rt::Entry<Domain::alice, count_private> alice_counts;
constexpr rt::Entry<Domain::shared_one, count_shared> shared_counts;
constexpr rt::Entry<Domain::alice, count_shared> alice_counts_shared;
constexpr rt::Entry<Domain::shared_one, fill_shared> shared_fills;

} // namespace

POSTERN_TEST("run.regions.shared_memory_works_like_private", SHOWS(sharing_is_one_word)) {
    EXPECT_EQUAL(rt::call<Domain::shared_one>(shared_counts).value_or(0), 101);
    EXPECT_EQUAL(rt::call<Domain::shared_one>(shared_fills, uint8_t{1}).value_or(1), 0);
    EXPECT_EQUAL(rt::call<Domain::shared_one>(shared_fills, uint8_t{0}).value_or(0),
                 2 * POSTERN_PAGE);
    uint64_t word = 0;
    EXPECT(bool(rt::copy_from_domain(Domain::shared_one, &word, rt::Claimed::of(&shared_counter),
                                     sizeof word)));
    EXPECT_EQUAL(word, 101);
    word = 200;
    EXPECT(bool(rt::copy_to_domain(Domain::shared_one, rt::Claimed::of(&shared_counter), &word,
                                   sizeof word)));
    EXPECT_EQUAL(rt::call<Domain::shared_one>(shared_counts).value_or(0), 201);
}

POSTERN_TEST("deny.regions.shared_memory_of_another_domain", SHOWS(domain_reaches_its_own_alone)) {
    EXPECT(bool(rt::call<Domain::shared_one>(shared_counts)));
    const auto denied = rt::call<Domain::alice>(alice_counts_shared);
    EXPECT(!denied) && EXPECT_FAULT(denied.fault(), .kind = rt::FaultKind::read,
                                    .domain = Domain::alice, .signal = 11, .code = 4,
                                    .address = reinterpret_cast<uint64_t>(&shared_counter),
                                    .key = static_cast<int>(rt::key::key_of(Domain::shared_one).raw()));
}

POSTERN_TEST("run.regions.a_fork_shares_what_is_shared", SHOWS(sharing_is_one_word),
             NEEDS_KEYS("a fork shares the memory of all domains")) {
    const uint64_t shared = rt::call<Domain::shared_one>(shared_counts).value_or(0);
    const uint64_t own = rt::call<Domain::alice>(alice_counts).value_or(0);
    const auto end = harness::in_child([] {
        static_cast<void>(rt::call<Domain::shared_one>(shared_counts));
        static_cast<void>(rt::call<Domain::alice>(alice_counts));
    });
    EXPECT_EQUAL(end.exit_status, 0);
    EXPECT_EQUAL(rt::call<Domain::shared_one>(shared_counts).value_or(0), shared + 2);
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_counts).value_or(0), own + 1);
}
