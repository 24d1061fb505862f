/// Heaps at a restart: zeros by each way, and memory that goes back to the kernel.
#include "rt/base/panic.h"
#include "tests/harness/harness.h"
#include "tests/rt/life/memory.h"
#include "tests/rt/life/ways.h"

namespace {

using rt::base::Region;
using rt::life::HeapClearing;
using rt::life::HeapSearch;
using ways::by_each_way;
using ways::seals;

Region alice_heap() {
    return rt::domain::region_of(memory::heap_of(Domain::alice));
}
Region alice_end() {
    return rt::domain::end_given_back(memory::heap_of(Domain::alice));
}

/// Changes a byte of a page of alice's heap.
void touch(uint64_t address) {
    EXPECT(bool(rt::put_user(Domain::alice, rt::Claimed::from_raw(address), uint8_t{0x77})));
}

/// A few pages all over the heap, others in a row, and the bytes at its borders. How many bytes.
uint64_t touch_some() {
    const Region heap = alice_heap();
    const uint64_t kept = alice_end().begin();
    uint64_t touched = 0;
    for (uint64_t at = heap.begin() + 64; at < heap.end(); at += 7 * POSTERN_PAGE, ++touched) {
        touch(at);
    }
    for (uint64_t at = kept - 20 * POSTERN_PAGE + 5; at < kept; at += POSTERN_PAGE, ++touched) {
        touch(at);
    }
    const uint64_t edges[] = {heap.begin(), kept - 1, kept, heap.end() - 1};
    for (const uint64_t edge : edges) {
        touch(edge);
    }
    return touched + sizeof edges / sizeof edges[0];
}

void restart_alice() {
    EXPECT(bool(rt::restart(Domain::alice)));
}

} // namespace

POSTERN_TEST("run.restart.heap_is_zeros_by_each_way", SHOWS(restart_is_pristine)) {
    by_each_way([](HeapClearing) {
        const uint64_t touched = touch_some();
        EXPECT_EQUAL(memory::changed(Domain::alice), touched);
        restart_alice();
        EXPECT_EQUAL(memory::changed(Domain::alice), 0);
        memory::fill(Domain::alice);
        restart_alice();
        EXPECT_EQUAL(memory::changed(Domain::alice), 0);
    });
}

POSTERN_TEST("run.restart.small_and_populated_heaps", SHOWS(restart_is_pristine)) {
    by_each_way([](HeapClearing) {
        constexpr Domain domains[] = {Domain::bob, Domain::carol};
        for (const Domain domain : domains) {
            memory::fill(domain);
            EXPECT(bool(rt::restart(domain)));
            EXPECT_EQUAL(memory::changed(domain), 0);
        }
    });
}

// What start-up has touched stays: a heap that goes back to the kernel could be missing later.
POSTERN_TEST("run.restart.a_populated_heap_keeps_its_memory", SHOWS(restart_gives_memory_back)) {
    EXPECT(rt::domain::end_given_back(memory::heap_of(Domain::carol)).empty());
    EXPECT(bool(rt::restart(Domain::carol)));
    const uint64_t before = memory::resident();
    memory::fill(Domain::carol);
    EXPECT(memory::resident() < before + 128); // 1 MiB less its heap
}

// A page that was only read is the kernel's page of zeros; a store to it would take memory.
POSTERN_TEST("run.restart.pages_of_zeros_stay_so", SHOWS(restart_gives_memory_back)) {
    if (!ways::has_search(HeapSearch::scan)) {
        return harness::skip(ways::has_spaces()
                                 ? "a page of a file that is read takes memory"
                                 : "this kernel has no PAGEMAP_SCAN: Linux 6.7 is needed");
    }
    restart_alice();
    EXPECT_EQUAL(memory::changed(Domain::alice), 0); // reads every page
    const uint64_t before = memory::resident();
    EXPECT(bool(rt::life::set_heap_clearing({HeapSearch::scan, false})));
    restart_alice();
    EXPECT(memory::resident() < before + 256);
    EXPECT(bool(rt::life::set_heap_clearing({HeapSearch::scan, seals()})));
}

POSTERN_TEST("run.restart.a_quota_that_is_used_up_again_and_again",
             SHOWS(restart_gives_memory_back)) {
    if (!ways::gives_back()) {
        return harness::skip("this kernel has no mseal: Linux 6.10 is needed");
    }
    restart_alice();
    const uint64_t before = memory::resident();
    const uint64_t kept = (alice_end().begin() - alice_heap().begin()) / 1024;
    for (uint64_t life = 0; life < harness::scaled(1000); ++life) {
        memory::fill(Domain::alice);
        EXPECT(memory::resident() > before + 2048);
        restart_alice();
        EXPECT(memory::resident() <= before + kept + 1024); // and what else she has
    }
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
}

// The parent's pages, of which the open file tells, are not the child's.
POSTERN_TEST("run.restart.in_a_forked_child", SHOWS(restart_is_pristine)) {
    const HeapClearing chosen = rt::life::heap_clearing();
    restart_alice(); // the parent has given pages back, where the kernel seals
    EXPECT(bool(rt::life::set_heap_clearing({chosen.search, false})));
    const auto end = harness::in_child([] {
        static_cast<void>(touch_some());
        if (!rt::restart(Domain::alice) || memory::changed(Domain::alice) != 0) {
            rt::panic("{} bytes are left", memory::changed(Domain::alice));
        }
    });
    EXPECT_EQUAL(end.exit_status, 0);
    EXPECT(bool(rt::life::set_heap_clearing(chosen)));
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
}

POSTERN_TEST("run.restart.faulted_with_its_heap", SHOWS(restart_is_pristine)) {
    by_each_way([](HeapClearing) {
        static_cast<void>(touch_some());
        EXPECT(!rt::call<Domain::alice>(worker::crash_entry));
        restart_alice();
        EXPECT_EQUAL(memory::changed(Domain::alice), 0);
        EXPECT_EQUAL(rt::call<Domain::alice>(worker::count_entry).value_or(0), worker::first_count);
        restart_alice();
    });
}

// Last, because no later case has the file. Another one that has its number says of each page that
// it holds nothing.
POSTERN_TEST("run.restart.without_the_kernels_word", SHOWS(restart_is_pristine)) {
    const auto way = ways::has_spaces() ? HeapSearch::file : HeapSearch::entries;
    EXPECT(bool(rt::life::set_heap_clearing({way, false})));
    static_cast<void>(touch_some());
    EXPECT(bool(rt::sys::close_from_to(3, 1 << 20)));
    for (int file = 3; file < 40; ++file) {
        EXPECT(bool(rt::sys::open("/dev/zero", rt::sys::Access::read)));
    }
    restart_alice();
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
    constexpr HeapSearch others[] = {HeapSearch::scan, HeapSearch::entries, HeapSearch::file};
    for (const HeapSearch other : others) {
        const auto chosen = rt::life::set_heap_clearing({other, false});
        EXPECT(!chosen) && EXPECT(chosen.error() == rt::Errno::not_implemented);
    }
}
