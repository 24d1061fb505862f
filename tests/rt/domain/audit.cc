/// The audit sees each kind of deviation, names the place, and is content again when it is undone.
#include "rt/domain/audit.h"

#include <asm/unistd.h>
#include <linux/mman.h>
#include <linux/resource.h>

#include "rt/domain/tag.h"
#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/domain/smaps.h"

using rt::Deviation;
using rt::Errno;
using rt::Pkey;
using rt::Region;
using rt::sys::Protection;
using Kind = rt::Deviation::Kind;

namespace {

// The domain `idle` does nothing and keeps nothing.
POSTERN_BSS(alice) volatile unsigned char alice_pages[3 * POSTERN_PAGE];
POSTERN_DATA(bob) volatile uint64_t bob_word = 1;
POSTERN_DATA(shared_one) volatile uint64_t shared_word = 1;

uintptr_t address_of(const volatile void *object) {
    return reinterpret_cast<uintptr_t>(object);
}

Region page_at(uintptr_t address) {
    const uintptr_t begin = address & ~uintptr_t{POSTERN_PAGE - 1};
    return Region::from_raw(begin, begin + POSTERN_PAGE);
}

const linker::RegionRecord &region(linker::Kind kind, unsigned key) {
    for (const auto &record : rt::domain::Table()) {
        if (record.kind == kind && record.number == key) {
            return record;
        }
    }
    rt::panic("no such region");
}
const linker::RegionRecord &stack_of(Domain domain) {
    return region(linker::Kind::domain_stack, rt::key::key_of(domain).raw());
}

constexpr int none = PROT_NONE, read = PROT_READ, read_write = PROT_READ | PROT_WRITE;

/// As the kernel takes it: any protection, any key, any place.
bool set(Region pages, int protection, unsigned key) {
    return rt::sys::call_raw(__NR_pkey_mprotect, pages.begin(), pages.bytes(), protection, key) ==
           0;
}

/// The audit must find one expected deviation and no other; here it counts them.
constinit uint64_t told = 0;
void count(const Deviation &) {
    ++told;
}
bool names(Kind kind, uintptr_t address, unsigned expected, unsigned found,
           const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    told = 0;
    const auto audit = rt::audit_keys(count);
    const bool good =
        !audit && told == 1 && audit.error().kind == kind && audit.error().address == address &&
        audit.error().expected == Pkey::from_raw(expected) &&
        audit.error().found == Pkey::from_raw(found) && audit.error().error == Errno::none;
    if (!harness::expect(good, "the audit names this deviation alone", file, line) && !audit) {
        rt::log("  {} deviations, the first: {}", told, audit.error());
    }
    return good;
}
void expect_content(const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    const auto audit = rt::audit_keys();
    if (!harness::expect(bool(audit), "the audit is content", file, line)) {
        rt::log("  {}", audit.error());
    }
}

/// Gives one page a wrong key, has the audit name it, and undoes it.
void deny_key(uintptr_t address, int protection, unsigned due, unsigned wrong,
              const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    const Region page = page_at(address);
    expect_content(file, line);
    harness::expect(set(page, protection, wrong), "the page gets a wrong key", file, line);
    names(Kind::wrong_key, page.begin(), due, wrong, file, line);
    harness::expect(set(page, protection, due), "the page gets its key back", file, line);
    expect_content(file, line);
}

/// The same with another protection instead of another key.
void deny_protection(Kind kind, uintptr_t address, int due, int wrong, unsigned key,
                     const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    const Region page = page_at(address);
    expect_content(file, line);
    harness::expect(set(page, wrong, key), "the page gets a wrong protection", file, line);
    names(kind, page.begin(), key, key, file, line);
    harness::expect(set(page, due, key), "the page gets its protection back", file, line);
    expect_content(file, line);
}

constexpr unsigned alice = rt::key::key_of(Domain::alice).raw();
constexpr unsigned bob = rt::key::key_of(Domain::bob).raw();
constexpr unsigned shared_one = rt::key::key_of(Domain::shared_one).raw();
constexpr unsigned monitor = POSTERN_KEY_MONITOR;

} // namespace

POSTERN_TEST("run.audit.all_mappings_are_as_the_tables_say", SHOWS(audit_names_each_deviation)) {
    const auto audit = rt::audit_keys(count);
    EXPECT(bool(audit)) && EXPECT_EQUAL(audit.value(), smaps::read().count());
    EXPECT_EQUAL(told, 0);
    // Also what the app has tagged, and what has no key.
    const Pkey key = rt::pkey_alloc(0, 0).value();
    const Region pages = rt::map_anonymous(3 * POSTERN_PAGE, Protection::read_write).value();
    EXPECT(bool(rt::pkey_mprotect(page_at(pages.begin()), Protection::read, key)));
    expect_content();
    EXPECT(bool(rt::munmap(pages)));
    EXPECT(bool(rt::pkey_free(key)));
    expect_content();
}

POSTERN_TEST("deny.audit.wrong_key_in_a_domains_memory", SHOWS(audit_names_each_deviation)) {
    deny_key(address_of(alice_pages), read_write, alice, 0);
    deny_key(address_of(alice_pages) + POSTERN_PAGE, read_write, alice, bob);
    deny_key(stack_of(Domain::alice).begin, read_write, alice, bob);
    deny_key(stack_of(Domain::bob).end - 1, read_write, bob, 0);
    deny_key(address_of(rt_domain_heaps[alice].begin), read_write, alice, 0);
    deny_key(address_of(rt_domain_heaps[alice].end) - 1, read_write, alice, bob);
    deny_key(address_of(&bob_word), read_write, bob, alice);
    deny_key(address_of(&shared_word), read_write, shared_one, alice);
}

POSTERN_TEST("deny.audit.wrong_key_in_the_monitors_memory", SHOWS(audit_names_each_deviation)) {
    const auto &data = region(linker::Kind::monitor, monitor);
    const auto &stack = region(linker::Kind::monitor_stack, monitor);
    EXPECT_EQUAL(data.begin, address_of(__settled_start));
    deny_key(data.begin, read, monitor, 0);
    deny_key(address_of(__settled_end) - 1, read, monitor, 0);
    deny_key(address_of(__settled_end), read_write, monitor, 0);
    deny_key(data.end - 1, read_write, monitor, 0);
    deny_key(stack.begin, read_write, monitor, 0);
    deny_key(stack.end - 1, read_write, monitor, 0);
    deny_key(address_of(harness::arguments()[0]), read, monitor, 0);
    deny_key(address_of(__pristine_start), read, monitor, 0);
    deny_key(address_of(__pristine_end) - 1, read, monitor, alice);
}

POSTERN_TEST("deny.audit.wrong_key_in_the_arena", SHOWS(audit_names_each_deviation)) {
    const uintptr_t slot = address_of(__arena_start);
    const unsigned alternate = rt::domain::alternate_stack_key().raw();
    EXPECT_EQUAL(rt::trap::frame_strategy() == rt::trap::FrameStrategy::monitor_key,
                 alternate == monitor);
    deny_key(slot + POSTERN_SLOT_PRIVATE, read_write, monitor, 0);
    deny_key(slot + POSTERN_SLOT_PUBLIC, read_write, 0, monitor);
    deny_key(slot + POSTERN_SLOT_HANDLER, read_write, monitor, 0);
    deny_key(slot + POSTERN_SLOT_STACK, read_write, alternate, 0);
    deny_key(slot + POSTERN_SLOT_SIZE - 1, read_write, alternate,
             alternate == monitor ? POSTERN_KEY_FRAME : monitor);
    deny_key(slot, none, 0, alice);
}

POSTERN_TEST("deny.audit.wrong_key_in_the_image", SHOWS(audit_names_each_deviation)) {
    deny_key(address_of(__text_start), PROT_READ | PROT_EXEC, 0, monitor);
    deny_key(address_of(__gate_start), PROT_READ | PROT_EXEC, 0, alice);
    deny_key(address_of(__trap_start), PROT_READ | PROT_EXEC, 0, alice);
    deny_key(address_of(__rodata_end) - 1, read, 0, monitor);
}

POSTERN_TEST("deny.audit.wrong_key_on_a_guard", SHOWS(audit_names_each_deviation)) {
    deny_key(stack_of(Domain::alice).begin - 1, none, 0, alice);
    deny_key(address_of(__regions_start), none, 0, bob);
    deny_key(address_of(__arguments_end) - 1, none, 0, monitor); // after the used ones
}

POSTERN_TEST("deny.audit.wrong_key_on_the_apps_memory", SHOWS(audit_names_each_deviation)) {
    const Pkey key = rt::pkey_alloc(0, 0).value();
    const Region pages = rt::map_anonymous(3 * POSTERN_PAGE, Protection::read_write).value();
    EXPECT(bool(rt::pkey_mprotect(pages, Protection::read_write, key)));
    deny_key(pages.begin() + POSTERN_PAGE, read_write, key.raw(), alice);
    deny_key(pages.end() - 1, read_write, key.raw(), 0);
    EXPECT(bool(rt::munmap(pages)));
    EXPECT(bool(rt::pkey_free(key)));
}

POSTERN_TEST("deny.audit.unknown_key_on_other_memory", SHOWS(audit_names_each_deviation)) {
    const Region pages = rt::map_anonymous(3 * POSTERN_PAGE, Protection::read_write).value();
    const Pkey key = rt::pkey_alloc(0, 0).value();
    const unsigned unknown[] = {monitor, alice, POSTERN_KEY_FRAME, POSTERN_KEY_LAST_DOMAIN,
                                key.raw()}; // handed out, but the ledger knows of no page
    const Region page = page_at(pages.begin() + POSTERN_PAGE);
    for (const unsigned wrong : unknown) {
        expect_content();
        EXPECT(set(page, read_write, wrong));
        names(Kind::unknown_key, page.begin(), 0, wrong);
        EXPECT(set(page, read_write, 0));
    }
    expect_content();
    EXPECT(bool(rt::munmap(pages)));
    EXPECT(bool(rt::pkey_free(key)));
}

POSTERN_TEST("deny.audit.unmapped", SHOWS(audit_names_each_deviation)) {
    const auto &idle = stack_of(Domain::idle);
    const unsigned key = idle.number;
    const struct {
        Region page;
        int protection;
        unsigned key;
    } rows[] = {{page_at(idle.begin), read_write, key},
                {page_at(idle.end - 1), read_write, key},
                {page_at(idle.begin - 1), none, 0}};
    for (const auto &row : rows) {
        expect_content();
        EXPECT(bool(rt::sys::munmap(row.page)));
        names(Kind::unmapped, row.page.begin(), row.key, row.key);
        EXPECT_EQUAL(rt::sys::call_raw(
                         __NR_mmap, row.page.begin(), row.page.bytes(), PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1),
                     row.page.begin());
        EXPECT(set(row.page, row.protection, row.key));
        expect_content();
    }
}

POSTERN_TEST("deny.audit.writable", SHOWS(audit_names_each_deviation)) {
    deny_protection(Kind::writable, address_of(__rodata_start), read, read_write, 0);
    deny_protection(Kind::writable, address_of(__text_start), PROT_READ | PROT_EXEC,
                    read_write | PROT_EXEC, 0);
    deny_protection(Kind::writable, address_of(__pristine_start), read, read_write, monitor);
    deny_protection(Kind::writable, address_of(harness::arguments()[0]), read, read_write, monitor);
    deny_protection(Kind::writable, stack_of(Domain::alice).end, none, read_write, 0);
}

POSTERN_TEST("deny.audit.executable", SHOWS(audit_names_each_deviation)) {
    deny_protection(Kind::executable, address_of(alice_pages), read_write, read_write | PROT_EXEC,
                    alice);
    deny_protection(Kind::executable, address_of(__rodata_start), read, read | PROT_EXEC, 0);
    deny_protection(Kind::executable, stack_of(Domain::alice).end, none, PROT_EXEC | read, 0);
    const Region page = rt::map_anonymous(POSTERN_PAGE, Protection::read_write).value();
    deny_protection(Kind::executable, page.begin(), read, read | PROT_EXEC, 0);
    EXPECT(bool(rt::munmap(page)));
}

POSTERN_TEST("deny.audit.readable", SHOWS(audit_names_each_deviation)) {
    deny_protection(Kind::readable, stack_of(Domain::alice).begin - 1, none, read, 0);
    deny_protection(Kind::readable, address_of(__arguments_end) - 1, none, read, 0);
    deny_protection(Kind::readable, address_of(__arena_start), none, read, 0);
}

POSTERN_TEST("deny.audit.closed", SHOWS(audit_names_each_deviation)) {
    deny_protection(Kind::closed, address_of(alice_pages), read_write, read, alice);
    deny_protection(Kind::closed, stack_of(Domain::idle).begin, read_write, none,
                    stack_of(Domain::idle).number);
    deny_protection(Kind::closed, address_of(__pristine_start), read, none, monitor);
}

POSTERN_TEST("run.audit.tells_all_deviations_in_words", SHOWS(audit_names_each_deviation)) {
    const auto first = page_at(address_of(alice_pages));
    const auto second = page_at(stack_of(Domain::bob).begin);
    EXPECT(set(first, read_write, 0) && set(second, read, bob));
    told = 0;
    const auto audit = rt::audit_keys(count);
    EXPECT_EQUAL(told, 2);
    static rt::Line lines;
    lines = {};
    static_cast<void>(
        rt::audit_keys([](const Deviation &deviation) { lines.format("{}\n", deviation); }));
    EXPECT(set(first, read_write, alice) && set(second, read_write, bob));
    EXPECT(!audit && audit.error().address == first.begin());
    rt::Line wanted;
    wanted.format("audit: wrong key at {}, alice's data: expected key 2 (alice), found key 0 "
                  "(shared)\naudit: closed at {}, bob's stack, but the tables say otherwise\n",
                  rt::Hex{first.begin()}, rt::Hex{second.begin()});
    EXPECT_EQUAL(lines.bytes(), wanted.bytes());
    for (size_t i = 0; i < wanted.bytes() && EXPECT(lines.text()[i] == wanted.text()[i]); ++i) {
    }
    expect_content();
}

POSTERN_TEST("deny.audit.without_proc", SHOWS(audit_names_each_deviation)) {
    expect_content();
    const auto end = harness::in_child([] {
        constexpr struct rlimit64 nothing { 0, 0 };
        rt::sys::call_raw(__NR_prlimit64, 0, RLIMIT_NOFILE, &nothing, 0);
        const auto audit = rt::audit_keys();
        rt::sys::exit(!audit && audit.error().kind == Kind::unreadable &&
                              audit.error().error == Errno::too_many_files
                          ? 3
                          : 4);
    });
    EXPECT_EQUAL(end.exit_status, 3);
}
