/// malloc and its like: each domain's own heap, and what ends a call.
#include "tests/crt/library/heap/domains.h"

namespace {

using heap::alice;
using heap::begin_of;
using heap::bob;
using heap::is_in_heap_of;
using heap::key_number;
using heap::says;
using heap::Task;
using heap::uses;
using rt::FaultKind;

constexpr rt::Entry<Domain::strict, heap::strict_does> strict_entry;

auto strict(Task task, uint64_t a = 0, uint64_t b = 0) {
    return rt::call<Domain::strict>(strict_entry, task, a, b);
}

uint64_t alice_takes(uint64_t bytes) {
    return alice(Task::take, bytes).value_or(0);
}

const uint64_t constants[] = {0x41, 0x41, 0x41, 0x41};
constinit uint64_t monitors_words[4] = {1, 2, 3, 4};

/// It is free: a use of it is a fault.
void expect_free(uint64_t block) {
    constexpr Task tasks[] = {Task::give, Task::resize};
    for (const Task task : tasks) {
        const auto denied = alice(task, block, 5000);
        EXPECT(!denied) && EXPECT(denied.fault().kind == FaultKind::overrun) &&
            EXPECT(says(denied.fault(), "heap: memory is freed or used that is free already"));
    }
}

constexpr int by_key = 4;              // si_code
constexpr uint64_t no_memory = 12;     // ENOMEM
constexpr uint64_t too_much = 1 << 20; // more than any heap here has

} // namespace

POSTERN_TEST("run.heap.whole_interface", SHOWS(heap_gives_a_domains_own_memory)) {
    EXPECT_EQUAL(alice(Task::use_whole_interface).value_or(~0ul), 0);
    EXPECT_EQUAL(bob(Task::use_whole_interface).value_or(~0ul), 0);
}

POSTERN_TEST("run.heap.each_domain_has_its_own", SHOWS(heap_gives_a_domains_own_memory)) {
    const uint64_t hers = alice_takes(100);
    const uint64_t his = bob(Task::take, 100).value_or(0);
    const uint64_t strict_ones = strict(Task::take, 100).value_or(0);
    EXPECT(is_in_heap_of(Domain::alice, hers) && is_in_heap_of(Domain::bob, his) &&
           is_in_heap_of(Domain::strict, strict_ones));
    EXPECT(bool(alice(Task::store, hers, 1)) && bool(bob(Task::store, his, 2)));
    EXPECT_EQUAL(alice(Task::load, hers).value_or(0), 1);
    const auto denied = alice(Task::load, his);
    EXPECT(!denied) &&
        EXPECT_FAULT(denied.fault(), .kind = FaultKind::read, .domain = Domain::alice, .signal = 11,
                     .code = by_key, .address = his, .key = key_number(Domain::bob));
    EXPECT(bool(alice(Task::give, hers)) && bool(bob(Task::give, his)) &&
           bool(strict(Task::give, strict_ones)));
}

POSTERN_TEST("run.heap.random_calls", SHOWS(heap_gives_a_domains_own_memory)) {
    for (uint64_t seed = 1; seed <= 4; ++seed) {
        EXPECT_EQUAL(alice(Task::call_at_random, seed, harness::scaled(400000)).value_or(~0ul), 0);
        EXPECT_EQUAL(bob(Task::call_at_random, seed, harness::scaled(400000)).value_or(~0ul), 0);
    }
    EXPECT(alice(Task::take_everything, 4000).value_or(0) > 200); // all of it is whole again
}

POSTERN_TEST("run.heap.exhausted_is_null", SHOWS(exhausted_heap_is_null_or_a_fault)) {
    const uint64_t first = alice(Task::take_everything, 4000).value_or(0);
    EXPECT(first > 200); // of 1 MiB
    EXPECT_EQUAL(alice(Task::take_everything, 4000).value_or(0), first);
    EXPECT_EQUAL(alice(Task::error_number).value_or(0), no_memory);
    EXPECT_EQUAL(alice(Task::take, too_much).value_or(1), 0);
    EXPECT_EQUAL(alice(Task::take, ~0ul).value_or(1), 0);
    EXPECT_EQUAL(alice(Task::take_zeroed, ~0ul, 16).value_or(1), 0);
    EXPECT_EQUAL(alice(Task::take_aligned, 1ul << 40, 1).value_or(1), 0);
    const uint64_t kept = alice_takes(50);
    EXPECT_EQUAL(alice(Task::resize, kept, too_much).value_or(1), 0); // and the block stays
    EXPECT(alice(Task::room, kept).value_or(0) >= 50 && bool(alice(Task::give, kept)));
    EXPECT_EQUAL(bob(Task::use_whole_interface).value_or(1), 0); // his own number
    EXPECT_EQUAL(bob(Task::error_number).value_or(1), no_memory);
}

// Small blocks that are free are not joined at once: they are before a request is refused.
POSTERN_TEST("run.heap.small_blocks_become_large_ones", SHOWS(exhausted_heap_is_null_or_a_fault)) {
    EXPECT(bool(rt::restart(Domain::alice)));
    constexpr uint64_t nearly_all = 1000 << 10; // of 1 MiB
    constexpr uint64_t sizes[] = {1, 40, 300, 504};
    for (const uint64_t bytes : sizes) {
        EXPECT(alice(Task::take_everything, bytes).value_or(0) > 1000);
        const uint64_t next = alice_takes(600);
        EXPECT(next != 0 && bool(alice(Task::give, next)));
        const uint64_t large = alice_takes(nearly_all);
        EXPECT(large != 0 && bool(alice(Task::give, large)));
    }
    const uint64_t first = alice_takes(nearly_all / 4);
    EXPECT(alice(Task::take_everything, 40).value_or(0) > 1000);
    EXPECT_EQUAL(alice(Task::resize, first, nearly_all).value_or(0), first);
    EXPECT(bool(alice(Task::give, first)));
}

POSTERN_TEST("deny.heap.exhausted_is_a_fault", SHOWS(exhausted_heap_is_null_or_a_fault)) {
    const char *text = "the heap is exhausted (HEAP in postern_add_domain)";
    constexpr Task tasks[] = {Task::take, Task::take_everything};
    for (const Task task : tasks) {
        const auto denied = strict(task, too_much);
        EXPECT(!denied) && EXPECT(denied.fault().kind == FaultKind::ended) &&
            EXPECT(says(denied.fault(), text));
    }
    const auto object = alice(Task::new_object, too_much);
    EXPECT(!object) && EXPECT(object.fault().kind == FaultKind::ended) &&
        EXPECT(says(object.fault(), "operator new: the heap is exhausted"));
    EXPECT(bool(rt::restart(Domain::strict)) && strict(Task::take, 100).value_or(0) != 0);
}

POSTERN_TEST("deny.heap.free_of_anothers", SHOWS(free_of_anothers_is_a_fault)) {
    const uint64_t his = bob(Task::take, 64).value_or(0);
    for (const Task task : uses) {
        const auto denied = alice(task, his, 1000);
        EXPECT(!denied) &&
            EXPECT_FAULT(denied.fault(), .kind = FaultKind::read, .domain = Domain::alice,
                         .signal = 11, .code = by_key, .address = his,
                         .key = key_number(Domain::bob)) &&
            EXPECT(says(denied.fault(), "bob's heap"));
    }
    EXPECT(bool(bob(Task::give, his)));
    const auto address = reinterpret_cast<uint64_t>(&monitors_words[2]) & ~15ul;
    const auto monitors = alice(Task::give, address);
    EXPECT(!monitors) &&
        EXPECT_FAULT(monitors.fault(), .kind = FaultKind::read, .domain = Domain::alice,
                     .signal = 11, .code = by_key, .address = address, .key = POSTERN_KEY_MONITOR);
}

POSTERN_TEST("deny.heap.free_of_what_malloc_did_not_give", SHOWS(free_of_anothers_is_a_fault)) {
    const char *text = "heap: memory is freed or used that malloc did not give";
    const uint64_t block = alice_takes(100);
    const uint64_t addresses[] = {reinterpret_cast<uint64_t>(&constants[2]) & ~15ul,
                                  begin_of(Domain::alice), begin_of(Domain::alice) + 64, block + 8,
                                  block + 1};
    for (const uint64_t address : addresses) {
        const auto denied = alice(Task::give, address);
        EXPECT(!denied) && EXPECT(denied.fault().kind == FaultKind::overrun) &&
            EXPECT(says(denied.fault(), text));
    }
    constexpr Task tasks[] = {Task::give_static, Task::give_local};
    for (const Task task : tasks) {
        const auto denied = alice(task);
        EXPECT(!denied) && EXPECT(says(denied.fault(), text));
    }
    EXPECT(bool(alice(Task::give, block)));
}

POSTERN_TEST("deny.heap.freed_twice", SHOWS(free_of_anothers_is_a_fault)) {
    constexpr uint64_t sizes[] = {20, 200, 504, 505, 2000}; // up to 504 in a quick list
    for (const uint64_t bytes : sizes) {
        EXPECT(bool(rt::restart(Domain::alice)));
        constexpr size_t count = 5;
        uint64_t blocks[count];
        for (uint64_t &block : blocks) {
            block = alice_takes(bytes);
        }
        // Neighbours are free already: before it, after it, on both sides, and the top.
        constexpr size_t order[count] = {1, 3, 2, 0, 4};
        for (const size_t index : order) {
            EXPECT(bool(alice(Task::give, blocks[index])));
            expect_free(blocks[index]);
        }
        for (const uint64_t block : blocks) {
            expect_free(block);
        }
        EXPECT_EQUAL(alice(Task::take, too_much).value_or(1), 0); // joins all that are free
        for (const uint64_t block : blocks) {
            expect_free(block);
        }
        EXPECT_EQUAL(alice_takes(bytes), blocks[0]);
        EXPECT(bool(alice(Task::give, blocks[0])));
    }
}

POSTERN_TEST("deny.heap.overrun_of_a_block", SHOWS(free_of_anothers_is_a_fault)) {
    const uint64_t block = alice_takes(40);
    const uint64_t neighbour = alice_takes(40);
    EXPECT(bool(alice(Task::store, neighbour - 8, 0x4141414141414140))); // its head
    const auto denied = alice(Task::give, block);
    EXPECT(!denied) && EXPECT(denied.fault().kind == FaultKind::overrun) &&
        EXPECT(says(denied.fault(), "heap: the words around a block are overwritten"));
    EXPECT(bool(rt::restart(Domain::alice)) && alice_takes(40) != 0);
}

POSTERN_TEST("deny.heap.overrun_into_a_free_block", SHOWS(free_of_anothers_is_a_fault)) {
    constexpr uint64_t requests[] = {40, too_much}; // takes it again; joins it
    for (const uint64_t request : requests) {
        const uint64_t block = alice_takes(40);
        EXPECT(bool(alice(Task::give, block)) &&
               bool(alice(Task::store, block - 8, 0x4141414141414140))); // its head
        const auto denied = alice(Task::take, request);
        EXPECT(!denied) && EXPECT(denied.fault().kind == FaultKind::overrun) &&
            EXPECT(says(denied.fault(), "heap: the words around a block are overwritten"));
        EXPECT(bool(rt::restart(Domain::alice)));
    }
}
