/// The words that start alone writes: from the end of start on a store to one of them faults, and
/// the line says where it was.
#include "linker/symbols.h"
#include "rt/key/isolation.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

constinit volatile char *place = nullptr;

/// A store of the monitor's own, as a stray pointer would make it. Were it taken, the child would
/// end with 0.
void store_to(char *address) {
    place = address;
    const auto end = harness::in_child([] {
        *place = 1;
        rt::sys::exit(0);
    });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("postern: the monitor itself: write of 0x"));
    EXPECT(end.says("(monitor's settled words) at 0x"));
}

} // namespace

POSTERN_TEST("deny.settled.a_store_after_start", SHOWS(settled_words_are_read_only)) {
    EXPECT(+__settled_start != +__settled_end);
    for (char *page = __settled_start; page != __settled_end; page += POSTERN_PAGE) {
        store_to(page);
        store_to(page + POSTERN_PAGE - 1);
    }
}

// By the function that would make it: the isolation of this run is settled.
POSTERN_TEST("deny.settled.another_isolation", SHOWS(settled_words_are_read_only)) {
    const auto before = rt::key::isolation();
    const auto end = harness::in_child([] {
        rt::key::set_isolation(rt::key::Isolation::none);
        rt::sys::exit(0);
    });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("(monitor's settled words) at 0x"));
    EXPECT(rt::key::isolation() == before);
}
