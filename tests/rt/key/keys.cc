/// The kernel's keys: all are taken, they only restrict, and every page has the one of the tables.
#include <asm/unistd.h>

#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"
#include "rt/trap/strategy.h"
#include "tests/harness/harness.h"
#include "tests/rt/domain/smaps.h"

using rt::Errno;
using rt::base::Region;
using rt::sys::Protection;

namespace {

constexpr int alice_key = static_cast<int>(rt::key::key_of(Domain::alice).raw());
constexpr int bob_key = static_cast<int>(rt::key::key_of(Domain::bob).raw());

uint64_t read_word(uint64_t address) {
    return *reinterpret_cast<volatile uint64_t *>(address);
}
void write_word(uint64_t address) {
    *reinterpret_cast<volatile uint64_t *>(address) = 1;
}

constexpr rt::Entry<Domain::alice, read_word> alice_reads;
constexpr rt::Entry<Domain::alice, write_word> alice_writes;

Errno error_of(long answer) {
    return rt::sys::result_of<int>(answer).error();
}

/// One page with a key of one's choice.
Region page_with(Protection protection, int key) {
    const Region page = rt::sys::map_anonymous(POSTERN_PAGE, Protection::read_write).value();
    EXPECT(bool(rt::sys::pkey_mprotect(page, protection, key)));
    return page;
}

/// Ends a child with a status that says which of its steps failed.
void child_step(bool good, int status) {
    if (!good) {
        rt::sys::exit(status);
    }
}

/// The key that the tables give the page at `address`.
int wanted_key(uintptr_t address) {
    for (const auto &record : rt::domain::Table()) {
        if (address < record.begin || address >= record.end) {
            continue;
        }
        if (record.kind != linker::Kind::arena) {
            return static_cast<int>(record.number);
        }
        const uintptr_t offset = (address - record.begin) % POSTERN_SLOT_SIZE;
        const bool strong = rt::trap::frame_strategy() == rt::trap::FrameStrategy::monitor_key;
        if (offset >= POSTERN_SLOT_STACK) {
            return strong ? POSTERN_KEY_MONITOR : POSTERN_KEY_FRAME;
        }
        const bool secret = (offset >= POSTERN_SLOT_PRIVATE && offset < POSTERN_SLOT_PUBLIC) ||
                            (offset >= POSTERN_SLOT_HANDLER && offset < POSTERN_SLOT_HANDLER_END);
        return secret ? POSTERN_KEY_MONITOR : POSTERN_KEY_SHARED;
    }
    const bool pristine = address >= reinterpret_cast<uintptr_t>(__pristine_start) &&
                          address < reinterpret_cast<uintptr_t>(__pristine_end);
    return pristine ? POSTERN_KEY_MONITOR : POSTERN_KEY_SHARED;
}

struct Audit {
    uint64_t pages = 0; // of the image and its regions
    uint64_t wrong = 0;
    uintptr_t first_wrong = 0;
};

void audit_mapping(Audit &audit, const smaps::Mapping &mapping) {
    if (mapping.begin < reinterpret_cast<uintptr_t>(__text_start) ||
        mapping.end > reinterpret_cast<uintptr_t>(__regions_end)) {
        return;
    }
    for (uintptr_t page = mapping.begin; page != mapping.end; page += POSTERN_PAGE) {
        ++audit.pages;
        // Memory that was only reserved (guards, the unused end of the arguments) needs no key.
        if (!mapping.allows("---p") && static_cast<int>(mapping.key) != wanted_key(page)) {
            audit.first_wrong = audit.wrong++ == 0 ? page : audit.first_wrong;
        }
    }
}

} // namespace

POSTERN_TEST("run.keys.all_fifteen_are_taken", SHOWS(all_keys_are_taken)) {
    const auto sixteenth = rt::sys::pkey_alloc(0);
    EXPECT(!sixteenth) && EXPECT(sixteenth.error() == Errno::no_space);
    // Not because the call is refused as a whole: one that is given back can be had again.
    const auto end = harness::in_child([] {
        child_step(bool(rt::sys::pkey_free(POSTERN_KEY_LAST_DOMAIN)), 1);
        const auto again = rt::sys::pkey_alloc(1);
        child_step(again && again.value() == POSTERN_KEY_LAST_DOMAIN, 2);
        child_step(!rt::sys::pkey_alloc(1), 3);
    });
    EXPECT_EQUAL(end.exit_status, 0);
}

POSTERN_TEST("run.keys.the_manuals_errors", SHOWS(all_keys_are_taken)) {
    EXPECT(error_of(rt::sys::call_raw(__NR_pkey_alloc, 1, 0)) == Errno::invalid); // flags
    const auto rights = rt::sys::pkey_alloc(4);
    EXPECT(!rights) && EXPECT(rights.error() == Errno::invalid);
    const auto freed = rt::sys::pkey_free(16);
    EXPECT(!freed) && EXPECT(freed.error() == Errno::invalid);
    const Region page = page_with(Protection::read_write, POSTERN_KEY_SHARED);
    const auto no_such_key = rt::sys::pkey_mprotect(page, Protection::read_write, 16);
    EXPECT(!no_such_key) && EXPECT(no_such_key.error() == Errno::invalid);
    const auto end = harness::in_child([] {
        const Region child_page = page_with(Protection::read_write, POSTERN_KEY_SHARED);
        child_step(bool(rt::sys::pkey_free(POSTERN_KEY_LAST_DOMAIN)), 1);
        const auto not_ours =
            rt::sys::pkey_mprotect(child_page, Protection::read_write, POSTERN_KEY_LAST_DOMAIN);
        child_step(!not_ours && not_ours.error() == Errno::invalid, 2);
        const auto twice = rt::sys::pkey_free(POSTERN_KEY_LAST_DOMAIN);
        child_step(!twice && twice.error() == Errno::invalid, 3);
    });
    EXPECT_EQUAL(end.exit_status, 0);
    EXPECT(bool(rt::sys::munmap(page)));
}

POSTERN_TEST("deny.keys.an_open_key_does_not_make_a_page_writable", SHOWS(keys_only_restrict)) {
    const Region page = page_with(Protection::read, alice_key);
    EXPECT(bool(rt::call<Domain::alice>(alice_reads, page.begin())));
    const auto written = rt::call<Domain::alice>(alice_writes, page.begin());
    // SEGV_ACCERR: the page's own protection refused it, no key was involved.
    EXPECT(!written) &&
        EXPECT_FAULT(written.fault(), .kind = rt::FaultKind::write, .domain = Domain::alice,
                     .signal = 11, .code = 2, .address = page.begin());
    EXPECT(bool(rt::sys::munmap(page)));
}

POSTERN_TEST("deny.keys.a_closed_key_refuses_what_the_page_allows", SHOWS(keys_only_restrict)) {
    const Region page = page_with(Protection::read_write, alice_key);
    EXPECT(bool(rt::call<Domain::alice>(alice_writes, page.begin())));
    EXPECT(bool(rt::sys::pkey_mprotect(page, Protection::read_write, bob_key)));
    const auto read = rt::call<Domain::alice>(alice_reads, page.begin());
    // SEGV_PKUERR: the key alone refused it.
    EXPECT(!read) &&
        EXPECT_FAULT(read.fault(), .kind = rt::FaultKind::read, .domain = Domain::alice,
                     .signal = 11, .code = 4, .address = page.begin(), .key = bob_key);
    EXPECT(bool(rt::sys::munmap(page)));
}

POSTERN_TEST("run.keys.every_page_of_the_image_has_its_key", SHOWS(every_page_has_its_key)) {
    Audit audit;
    for (const smaps::Mapping &mapping : smaps::read()) {
        audit_mapping(audit, mapping);
    }
    EXPECT(audit.pages * POSTERN_PAGE > POSTERN_MONITOR_STACK);
    EXPECT_EQUAL(audit.wrong, 0);
    EXPECT_EQUAL(audit.first_wrong, 0);
    // The eye is open: a page of one's own making is seen with its key, and with another one.
    const Region page = page_with(Protection::read_write, alice_key);
    EXPECT_EQUAL(smaps::key_at(page.begin()), alice_key);
    EXPECT(bool(rt::sys::pkey_mprotect(page, Protection::read_write, bob_key)));
    EXPECT_EQUAL(smaps::key_at(page.begin()), bob_key);
    EXPECT(bool(rt::sys::munmap(page)));
    EXPECT_EQUAL(smaps::key_at(page.begin()), -1);
}
