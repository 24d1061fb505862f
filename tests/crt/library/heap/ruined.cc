/// The attacker ruins the words of its own heap and lets malloc and free work on them. What must
/// hold: each call of its is its own fault or comes back with garbage, in time; bob's heap and the
/// monitor's memory are as they were; a restart makes its heap whole again.
#include "tests/crt/library/heap/domains.h"

namespace {

using heap::alice;
using heap::begin_of;
using heap::bob;
using heap::is_in_heap_of;
using heap::key_number;
using heap::Task;
using heap::uses;
using rt::FaultKind;

constexpr uint64_t secret = 0x5ec7e7;
constinit uint64_t monitors_page[2][POSTERN_PAGE / 8] = {};

/// bob's block, with a word of his.
uint64_t bobs_block() {
    const uint64_t block = bob(Task::take, 100).value_or(0);
    EXPECT(is_in_heap_of(Domain::bob, block) && bool(bob(Task::store, block, secret)));
    return block;
}

void expect_others_are_well(uint64_t bobs) {
    EXPECT_EQUAL(bob(Task::load, bobs).value_or(0), secret);
    EXPECT_EQUAL(bob(Task::use_whole_interface).value_or(1), 0);
    for (const uint64_t word : monitors_page[0]) {
        EXPECT(word == 0);
    }
}

void expect_restart_mends() {
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(alice(Task::use_whole_interface).value_or(1), 0);
}

/// A call of alice's on whatever is there. Only its end is checked.
void try_call(Task task, uint64_t a, uint64_t b) {
    constexpr uint64_t time = 20'000'000'000; // in ns: long, for machines that stall
    const auto called = rt::call_within<Domain::alice>(time, heap::alice_entry, task, a, b);
    if (!called) {
        EXPECT(called.fault().domain == Domain::alice);
        EXPECT(called.fault().kind !=
               FaultKind::deadline); // no search of the allocator's is endless
    }
}

void try_everything(uint64_t block) {
    constexpr uint64_t sizes[] = {0, 40, 500, 1024, 5000, 100000, 1 << 20};
    for (const uint64_t bytes : sizes) {
        try_call(Task::take, bytes, 0);
        try_call(Task::give, block, 0);
        try_call(Task::resize, block, bytes);
        try_call(Task::take_zeroed, 1, bytes);
        try_call(Task::take_aligned, 256, bytes);
        try_call(Task::room, block, 0);
    }
}

} // namespace

POSTERN_TEST("attack.heap.first_page_overwritten", SHOWS(ruined_heap_hurts_its_domain_alone),
             TRIES(attack_109)) {
    const uint64_t bobs = bobs_block();
    constexpr unsigned char bytes[] = {0x00, 0xff, 0x41, 0x08, 0x30};
    for (const unsigned char byte : bytes) {
        const uint64_t block = alice(Task::take, 100).value_or(0);
        EXPECT(is_in_heap_of(Domain::alice, block));
        EXPECT(bool(alice(Task::fill, begin_of(Domain::alice), byte)));
        try_everything(block);
        expect_others_are_well(bobs);
        expect_restart_mends();
    }
    EXPECT(bool(bob(Task::give, bobs)));
}

POSTERN_TEST("attack.heap.words_of_blocks_overwritten", SHOWS(ruined_heap_hurts_its_domain_alone),
             TRIES(attack_109)) {
    const uint64_t bobs = bobs_block();
    const auto monitors = reinterpret_cast<uint64_t>(monitors_page[0]);
    // Sizes past the end, flags, pointers to others; also as the links of a free block.
    const uint64_t words[] = {
        0,    ~0ul,     0x7ffffffffffffff1, 0x100001,      0x33,           0x41414141,
        bobs, bobs - 8, monitors,           monitors + 16, 0x200000000000, 8};
    for (const uint64_t word : words) {
        for (uint64_t place = 0; place < 5; ++place) {
            const uint64_t block = alice(Task::take, 200).value_or(0);
            const uint64_t freed = alice(Task::take, 200).value_or(0);
            const uint64_t last = alice(Task::take, 200).value_or(0);
            EXPECT(bool(alice(Task::give, freed)) && last != 0);
            // The head before the free block, its two links, and the words at its end.
            const uint64_t at[] = {freed - 8, freed, freed + 8, last - 16, last - 8};
            EXPECT(bool(alice(Task::store, at[place], word)));
            try_call(Task::take, 200, 0);
            try_call(Task::give, last, 0);
            try_everything(block);
            expect_restart_mends();
        }
    }
    expect_others_are_well(bobs);
    EXPECT(bool(bob(Task::give, bobs)));
}

POSTERN_TEST("attack.heap.cycle_in_a_bin", SHOWS(ruined_heap_hurts_its_domain_alone),
             TRIES(attack_109)) {
    const uint64_t bobs = bobs_block();
    constexpr uint64_t sizes[] = {200, 2000, 5000};
    for (const uint64_t bytes : sizes) {
        EXPECT(bool(rt::restart(Domain::alice))); // no larger block is free
        const uint64_t one = alice(Task::take, bytes).value_or(0);
        const uint64_t barrier = alice(Task::take, 16).value_or(0);
        EXPECT(bool(alice(Task::give, one)) && barrier != 0);
        EXPECT(bool(alice(Task::store, one, one - 8))); // the block after it in its bin is itself
        try_call(Task::take, bytes + 60, 0);            // looks for a larger one in the bin
        try_call(Task::take, bytes, 0);
        try_everything(barrier);
        expect_others_are_well(bobs);
        expect_restart_mends();
    }
    EXPECT(bool(bob(Task::give, bobs)));
}

// A block amid the words of the heap itself. To join it marks the bin of its size as filled: that
// is the very word that is its head, so that it seems to be in its quick list again.
POSTERN_TEST("attack.heap.cycle_in_a_quick_list", SHOWS(ruined_heap_hurts_its_domain_alone),
             TRIES(attack_109)) {
    const uint64_t bobs = bobs_block();
    const uint64_t small = alice(Task::take, 16).value_or(0);
    EXPECT(is_in_heap_of(Domain::alice, small));
    const auto store = [](uint64_t offset, uint64_t word) {
        EXPECT(bool(alice(Task::store, begin_of(Domain::alice) + offset, word)));
    };
    constexpr uint64_t block = 16, lists = 96, end_of_lists = 3900; // crt/library/heap/heap.h
    const uint64_t address = begin_of(Domain::alice) + block;
    store(block, 32 | 4 | 2);      // its size; it is in a quick list; the one before it is used
    store(block + 8, address);     // the next in its list is itself
    store(block + 32, 32 | 2 | 1); // the block after it is used
    for (uint64_t offset = lists; offset < end_of_lists; offset += 8) {
        store(offset, offset < lists + 3 * 8 || offset >= lists + 33 * 8 ? address : 0);
    }
    try_call(Task::take, 1 << 20, 0); // joins all that waits in quick lists
    try_everything(small);
    expect_others_are_well(bobs);
    expect_restart_mends();
    EXPECT(bool(bob(Task::give, bobs)));
}

// She gives away blocks of bob's, and addresses around them.
POSTERN_TEST("attack.heap.anothers_blocks", SHOWS(ruined_heap_hurts_its_domain_alone),
             TRIES(attack_110)) {
    const uint64_t bobs = bobs_block();
    const uint64_t addresses[] = {bobs, bobs - 8, bobs + 16, begin_of(Domain::bob),
                                  begin_of(Domain::bob) + POSTERN_PAGE};
    for (const uint64_t address : addresses) {
        for (const Task task : uses) {
            const auto denied = alice(task, address, 50);
            EXPECT(!denied) && EXPECT(denied.fault().kind == FaultKind::read) &&
                EXPECT(harness::in_spaces() || denied.fault().key == key_number(Domain::bob));
        }
    }
    expect_others_are_well(bobs);
    EXPECT(bool(bob(Task::give, bobs)));
}

// With a null selector the base of gs is 0, where nothing is mapped. Some processors keep it.
POSTERN_TEST("attack.heap.without_its_thread_block", SHOWS(ruined_heap_hurts_its_domain_alone),
             TRIES(attack_111)) {
    const uint64_t bobs = bobs_block();
    const auto taken = alice(Task::take_without_gs, 100);
    EXPECT(taken ? is_in_heap_of(Domain::alice, taken.value())
                 : taken.fault().kind == FaultKind::read && taken.fault().address == 0x800);
    expect_others_are_well(bobs);
    expect_restart_mends();
    EXPECT(bool(bob(Task::give, bobs)));
}
