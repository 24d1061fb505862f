/// Where nothing seals, restarts discard nothing, and the filter leaves no discard.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/base/panic.h"
#include "rt/life/heap.h"
#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/life/memory.h"

namespace {

void discard_end() {
    const auto end = rt::domain::end_given_back(memory::heap_of(Domain::alice));
    const long answer = rt::sys::call_raw(__NR_madvise, end.begin(), end.bytes(), MADV_DONTNEED);
    rt::panic("answered {}", answer);
}

} // namespace

POSTERN_TEST("deny.restart.a_discard_where_nothing_seals", SHOWS(filter_leaves_whole_discards)) {
    EXPECT(!rt::life::heap_clearing().discards);
    EXPECT(!rt::life::set_heap_clearing({rt::life::HeapSearch::stores, true}));
    EXPECT(harness::in_child(discard_end).says("refused by the filter"));
    memory::fill(Domain::alice);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
}
