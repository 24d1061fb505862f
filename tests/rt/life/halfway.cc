/// A restart that failed halfway: the domain takes no calls until one succeeds.
#include "rt/sys/memory.h"
#include "tests/harness/harness.h"
#include "tests/rt/life/memory.h"

namespace {

/// A page that a restart writes. Of a domain's memory in a file, it may give back those of zeros alone.
rt::Region written_page_of_data() {
    for (const auto &record : rt::domain::Table()) {
        if (rt::domain::domain_of(record) == Domain::alice && record.kind == linker::Kind::domain) {
            const uintptr_t begin =
                harness::in_spaces() ? record.begin : record.end - POSTERN_PAGE;
            return rt::Region::from_raw(begin, begin + POSTERN_PAGE);
        }
    }
    return {};
}

void protect_page(rt::sys::Protection protection) {
    EXPECT(bool(rt::sys::protect(rt::domain::seen(written_page_of_data()), protection)));
}

} // namespace

POSTERN_TEST("deny.restart.failed_halfway", SHOWS(failed_restart_lets_nothing_run)) {
    memory::fill(Domain::alice);
    const uint64_t life = rt::life_of(Domain::alice);
    protect_page(rt::sys::Protection::none);
    const auto restarted = rt::restart(Domain::alice);
    EXPECT(!restarted) && EXPECT(restarted.error() == rt::Errno::bad_address);
    EXPECT_EQUAL(rt::life_of(Domain::alice), life + 1);
    EXPECT(memory::changed(Domain::alice) > POSTERN_PAGE); // the stack, too

    const auto called = rt::call<Domain::alice>(worker::count_entry);
    EXPECT(!called) && EXPECT_FAULT(called.fault(), .kind = rt::FaultKind::gone,
                                    .domain = Domain::alice, .signal = 0, .code = 0, .address = 0);
    EXPECT_EQUAL(rt::call<Domain::bob>(worker::kind_of_cross_call_entry).value_or(0),
                 rt::FaultKind::gone);

    protect_page(rt::sys::Protection::read_write);
    EXPECT(!rt::call<Domain::alice>(worker::count_entry));
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
    EXPECT_EQUAL(rt::life_of(Domain::alice), life + 2);
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::count_entry).value_or(0), worker::first_count);
}
