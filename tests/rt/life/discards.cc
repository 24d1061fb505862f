/// The discards that the filter leaves: of the end of each heap, as a whole, where the kernel
/// seals.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/base/panic.h"
#include "rt/domain/alias.h"
#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/life/memory.h"
#include "tests/rt/life/ways.h"

namespace {

using memory::heap_of;
using rt::base::Region;

Region end_of(Domain domain) {
    return rt::domain::end_given_back(heap_of(domain));
}

bool seals() {
    return ways::seals() && !ways::has_spaces(); // there the file of the domains is discarded
}

/// A discard by the monitor in its own view, with dispatch and filter as they are.
struct Discard {
    uint64_t begin;
    uint64_t bytes;
    uint64_t advice;
};
constinit Discard tried{};

void discard_tried() {
    const long answer = rt::sys::call_raw(__NR_madvise, tried.begin, tried.bytes, tried.advice);
    rt::panic("answered {}", answer);
}

void expect_refused(Discard discard) {
    tried = discard;
    const auto end = harness::in_child(discard_tried);
    if (!EXPECT(end.says("system call 28") && end.says("refused by the filter"))) {
        rt::log("  {} {} {}: {}", rt::Hex{discard.begin}, rt::Hex{discard.bytes}, discard.advice,
                end.text);
    }
}

constexpr uint64_t upper = uint64_t{1} << 32;

} // namespace

POSTERN_TEST("attack.restart.discards_of_other_ranges", SHOWS(filter_leaves_whole_discards),
             TRIES(attack_108)) {
    const Region heap = rt::domain::region_of(heap_of(Domain::alice));
    const Region end = end_of(Domain::alice);
    const Region bobs = end_of(Domain::bob);
    const Discard refused[] = {
        {end.begin(), end.bytes() - POSTERN_PAGE, MADV_DONTNEED},
        {end.begin(), end.bytes() + POSTERN_PAGE, MADV_DONTNEED},
        {end.begin() + POSTERN_PAGE, end.bytes() - POSTERN_PAGE, MADV_DONTNEED},
        {end.begin() - POSTERN_PAGE, end.bytes() + POSTERN_PAGE, MADV_DONTNEED},
        {end.begin() - POSTERN_PAGE, end.bytes(), MADV_DONTNEED},
        {end.begin(), end.bytes() / 2, MADV_DONTNEED},
        {end.begin(), bobs.end() - end.begin(), MADV_DONTNEED},
        {end.begin(), bobs.bytes(), MADV_DONTNEED},
        {bobs.begin(), end.bytes(), MADV_DONTNEED},
        {heap.begin(), heap.bytes(), MADV_DONTNEED},
        {rt::domain::seen(heap.begin()), heap.bytes(), MADV_DONTNEED},
        {heap.begin(), end.begin() - heap.begin(), MADV_DONTNEED},
        {end.begin(), end.bytes() + upper, MADV_DONTNEED},
        {end.begin() - upper, end.bytes(), MADV_DONTNEED},
        {end.begin(), end.bytes(), MADV_DONTNEED + upper},
        {end.begin(), end.bytes(), MADV_FREE},
        {end.begin(), end.bytes(), MADV_DONTNEED | MADV_FREE},
        {end.begin(), end.bytes(), MADV_REMOVE},
        {heap_of(Domain::carol).begin, heap_of(Domain::carol).end - heap_of(Domain::carol).begin,
         MADV_DONTNEED},
    };
    for (const auto &discard : refused) {
        expect_refused(discard);
    }
}

// The whole end of a heap. Where the kernel does not seal, it would discard for everybody.
POSTERN_TEST("deny.restart.a_discard_outside_a_window", SHOWS(filter_leaves_whole_discards)) {
    const Region end = end_of(Domain::alice);
    if (!seals()) {
        expect_refused({end.begin(), end.bytes(), MADV_DONTNEED});
        return;
    }
    EXPECT(bool(rt::put_user(Domain::alice, rt::Claimed::from_raw(end.begin()), uint8_t{1})));
    constexpr long not_permitted = -1;
    const auto discard = [end] {
        return rt::sys::call_raw(__NR_madvise, end.begin(), end.bytes(), MADV_DONTNEED);
    };
    EXPECT_EQUAL(discard(), not_permitted);
    {
        const rt::UserAccess window(Domain::bob);
        EXPECT_EQUAL(discard(), not_permitted);
    }
    EXPECT_EQUAL(memory::changed(Domain::alice), 1);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
}
