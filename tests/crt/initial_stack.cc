/// Once the program runs, the kernel's initial stack is gone, and no writable copy of it is left.
#include "tests/crt/reexec.h"
#include "tests/rt/domain/first_stack.h"
#include "tests/rt/domain/smaps.h"

POSTERN_TEST("run.start.the_kernels_stack_is_removed",
             SHOWS(secrets_are_closed, vdso_and_stack_leave), TRIES(attack_64)) {
    const uint64_t first = smaps::first_stack_pointer();
    const crt::Handoff &handoff = reexec::handoff(harness::arguments());
    EXPECT_EQUAL(handoff.stack_begin, first & ~uint64_t{POSTERN_PAGE - 1});
    EXPECT_EQUAL(first % POSTERN_PAGE,
                 reinterpret_cast<uint64_t>(handoff.arguments - 1) % POSTERN_PAGE);
    for (const auto &mapping : smaps::read()) {
        EXPECT(!mapping.is_named("[stack]"));
        EXPECT(mapping.end <= handoff.stack_begin || mapping.begin >= handoff.stack_end);
    }
}

POSTERN_TEST("deny.start.arguments_are_read_only", SHOWS(arguments_are_read_only)) {
    static const char *first;
    first = harness::arguments()[0];
    EXPECT(*first != '\0');
    const auto end = harness::in_child([] { *const_cast<volatile char *>(first) = 'x'; });
    EXPECT_EQUAL(end.exit_status, 70);
    rt::Line wanted;
    wanted
        .format("postern: the monitor itself: write of {} (monitor's arguments) at ",
                rt::Hex{reinterpret_cast<uint64_t>(first)})
        .append('\0');
    EXPECT(end.says(wanted.text()));
}
