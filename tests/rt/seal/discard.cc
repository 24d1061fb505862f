/// Discarding pages of the sealed image: refused exactly where the caller could not write them.
/// This is why rt offers madvise to no domain.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "linker/symbols.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/rt/seal/sealed.h"

namespace {

using rt::sys::call_raw;

constexpr uint64_t value = 0x5ea1ed;
constexpr long refused = -1; // EPERM
constexpr long discards[] = {MADV_DONTNEED, MADV_FREE, MADV_DONTNEED_LOCKED, MADV_DONTFORK,
                             MADV_WIPEONFORK};

POSTERN_DATA(alice) alignas(POSTERN_PAGE) uint64_t alice_page[POSTERN_PAGE / 8] = {value};
alignas(POSTERN_PAGE) constinit volatile uint64_t monitor_page[POSTERN_PAGE / 8] = {value};
POSTERN_DATA(shared_one) uint64_t shared_word = value;

uint64_t read_alice() {
    return alice_page[0];
}
constexpr rt::Entry<Domain::alice, read_alice> alice_reads;
uint64_t read_shared() {
    return shared_word;
}
constexpr rt::Entry<Domain::shared_one, read_shared> shared_reads;

long advise(const volatile void *page, long advice) {
    return call_raw(__NR_madvise, reinterpret_cast<uintptr_t>(page) & ~uintptr_t{POSTERN_PAGE - 1},
                    POSTERN_PAGE, advice);
}

[[noreturn]] void end_with(bool good) {
    rt::sys::exit(good ? 0 : 1);
}

} // namespace

POSTERN_TEST("run.seal.closed_memory_cannot_be_discarded", SHOWS(discarding_is_for_writers),
             TRIES(attack_18)) {
    if (sealed::skip_without_mseal()) {
        return;
    }
    for (const long advice : discards) {
        EXPECT_EQUAL(advise(alice_page, advice), refused);
        EXPECT_EQUAL(advise(__arguments_start, advice), refused); // read-only, under an open key
    }
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_reads).value_or(0), value);
}

// Open in a window, or the monitor's own: the seal does not keep it.
POSTERN_TEST("run.seal.open_memory_can_be_discarded", SHOWS(discarding_is_for_writers),
             NEEDS_KEYS("a window opens none of a domain's own addresses")) {
    const auto window = harness::in_child([] {
        rt::user_access_begin(Domain::alice);
        const long answer = advise(alice_page, MADV_DONTNEED);
        rt::user_access_end();
        end_with(answer == 0 && rt::call<Domain::alice>(alice_reads).value_or(1) == 0);
    });
    EXPECT_EQUAL(window.exit_status, 0);
    const auto own = harness::in_child([] {
        end_with(monitor_page[0] == value && advise(monitor_page, MADV_DONTNEED) == 0 &&
                 monitor_page[0] == 0);
    });
    EXPECT_EQUAL(own.exit_status, 0);
    EXPECT_EQUAL(monitor_page[0], value);
}

// Shared memory, whatever its key, and pages of a file. A page of text comes back as it was.
POSTERN_TEST("run.seal.shared_memory_can_be_discarded_whoever_may_write",
             SHOWS(discarding_is_for_writers)) {
    EXPECT_EQUAL(advise(__text_start, MADV_DONTNEED), 0);
    EXPECT_EQUAL(rt::call<Domain::shared_one>(shared_reads).value_or(0), value);
    EXPECT_EQUAL(advise(&shared_word, MADV_DONTNEED), 0); // the pages stay in the kernel's file
    EXPECT_EQUAL(rt::call<Domain::shared_one>(shared_reads).value_or(0), value);
}
