/// Memory that the app tags: his own and no other, and what the ledger keeps of it.
#include "linker/symbols.h"
#include "rt/domain/tag.h"
#include "tests/rt/domain/smaps.h"
#include "tests/rt/key/own.h"

using namespace own;

namespace {

Region page_at(uintptr_t address) {
    const uintptr_t begin = address & ~uintptr_t{POSTERN_PAGE - 1};
    return Region::from_raw(begin, begin + POSTERN_PAGE);
}

template <class Address>
Region page_at(Address *address) {
    return page_at(reinterpret_cast<uintptr_t>(address));
}

} // namespace

POSTERN_TEST("deny.key_allocator.memory_of_the_image", SHOWS(typed_functions_touch_no_others)) {
    static constinit Region asked;
    static constinit Pkey key = Pkey::from_raw(0);
    key = rt::pkey_alloc(0, 0).value();
    // In a child each: where it is not refused, the program has lost that memory.
    const auto refuses = [](Region region) {
        asked = region;
        const auto end = harness::in_child([] {
            const int before = smaps::key_at(asked.begin());
            const auto tagged = rt::pkey_mprotect(asked, Protection::read_write, key);
            const auto untagged = rt::pkey_mprotect(asked, Protection::read, Pkey::from_raw(0));
            const bool refused = fails(tagged, Errno::not_permitted) &&
                                 fails(untagged, Errno::not_permitted) &&
                                 fails(rt::munmap(asked), Errno::not_permitted);
            rt::sys::exit(refused && smaps::key_at(asked.begin()) == before ? 3 : 4);
        });
        return end.exit_status == 3;
    };
    EXPECT(refuses(page_at(__text_start)));
    EXPECT(refuses(page_at(__gate_start)));
    EXPECT(refuses(page_at(__rodata_start)));
    EXPECT(refuses(page_at(__pristine_start)));
    for (const auto &record : rt::domain::Table()) {
        EXPECT(refuses(page_at(record.begin)));
        EXPECT(refuses(page_at(record.end - 1)));
        EXPECT(refuses(page_at(record.begin - 1))); // its guard
    }
    EXPECT(refuses(Region::from_raw(reinterpret_cast<uintptr_t>(__text_start) - POSTERN_PAGE,
                                    reinterpret_cast<uintptr_t>(__regions_end) + POSTERN_PAGE)));
    // Memory of the app's is not refused.
    const Region page = new_pages();
    EXPECT(bool(rt::pkey_mprotect(page, Protection::read, key)));
    EXPECT(bool(rt::munmap(page)));
    EXPECT(bool(rt::pkey_free(key)));
}

POSTERN_TEST("deny.key_allocator.memory_is_not_made_executable",
             SHOWS(typed_functions_touch_no_others)) {
    const Own own = own_page();
    EXPECT(fails(rt::pkey_mprotect(own.page, Protection::read_execute, own.key),
                 Errno::not_permitted));
    EXPECT(fails(rt::pkey_mprotect(own.page, Protection::read_execute, Pkey::from_raw(0)),
                 Errno::not_permitted));
    EXPECT_EQUAL(smaps::key_at(own.page.begin()), own.key.raw());
    give_up(own);
}

POSTERN_TEST("deny.key_allocator.memory_that_is_not_mapped",
             SHOWS(typed_functions_touch_no_others)) {
    const Pkey key = rt::pkey_alloc(0, 0).value();
    const Region pages = new_pages(3);
    EXPECT(bool(rt::munmap(page_of(pages, 1))));
    EXPECT(fails(rt::pkey_mprotect(pages, Protection::read, key), Errno::no_memory));
    EXPECT_EQUAL(smaps::key_at(pages.begin()), 0); // the page before the hole is as it was
    EXPECT(bool(rt::munmap(page_of(pages, 0))));
    EXPECT(bool(rt::munmap(page_of(pages, 2))));
    EXPECT(bool(rt::pkey_free(key)));
}

POSTERN_TEST("run.key_allocator.joins_what_touches", SHOWS(ledger_hands_out_free_keys)) {
    const auto count = [] {
        const rt::domain::TaggedMemory records;
        return static_cast<size_t>(records.end() - records.begin());
    };
    const Region pages = new_pages(3);
    const Pkey first = rt::pkey_alloc(0, 0).value();
    const Pkey second = rt::pkey_alloc(0, 0).value();
    constexpr size_t order[] = {2, 0, 1};
    for (const size_t index : order) {
        EXPECT(bool(rt::pkey_mprotect(page_of(pages, index), Protection::read_write, first)));
    }
    EXPECT_EQUAL(count(), 1);
    EXPECT(bool(rt::pkey_mprotect(page_of(pages, 1), Protection::read, second)));
    EXPECT_EQUAL(count(), 3);
    EXPECT(rt::domain::recorded_key_at(pages.begin() + POSTERN_PAGE - 1) == first);
    EXPECT(rt::domain::recorded_key_at(pages.begin() + POSTERN_PAGE) == second);
    EXPECT(rt::domain::recorded_key_at(pages.begin() + 2 * POSTERN_PAGE) == first);
    EXPECT(rt::domain::recorded_key_at(pages.end()) == Pkey::from_raw(0));
    EXPECT(bool(rt::audit_keys()));
    EXPECT(bool(rt::pkey_mprotect(page_of(pages, 1), Protection::read, first)));
    EXPECT_EQUAL(count(), 1);
    EXPECT(bool(rt::munmap(pages)));
    EXPECT_EQUAL(count(), 0);
    EXPECT(bool(rt::pkey_free(first)));
    EXPECT(bool(rt::pkey_free(second)));
}

// Memory cut into pieces of two keys fills the ledger, which says so and changes nothing then.
POSTERN_TEST("run.key_allocator.remembers_pieces_until_it_is_full",
             SHOWS(ledger_hands_out_free_keys)) {
    constexpr size_t most = rt::domain::TaggedMemory::capacity;
    const Region pages = new_pages(2 * most);
    const Pkey key = rt::pkey_alloc(0, 0).value();
    EXPECT(bool(rt::pkey_mprotect(pages, Protection::read_write, key)));
    size_t index = 1;
    while (rt::pkey_mprotect(page_of(pages, index), Protection::read_write, Pkey::from_raw(0))) {
        index += 2;
    }
    EXPECT_EQUAL(index, 2 * most - 3);
    EXPECT_EQUAL(smaps::key_at(page_of(pages, index).begin()), key.raw());
    EXPECT(fails(rt::pkey_mprotect(page_of(pages, index), Protection::read_write, key),
                 Errno::no_memory));
    EXPECT(bool(rt::audit_keys()));
    // Records of memory that is unmapped by another way stay until the key is freed.
    EXPECT(bool(rt::sys::munmap(pages)));
    EXPECT(bool(rt::pkey_free(key)));
    EXPECT(rt::domain::TaggedMemory().begin() == rt::domain::TaggedMemory().end());
}
