/// Rights on the app's own keys: what opens and closes them, and whom they bind.
#include "rt/key/view.h"
#include "tests/rt/key/own.h"

using namespace own;

namespace {

POSTERN_BSS(alice) volatile uint64_t alice_word;
uint64_t read_word(uint64_t address) {
    return *reinterpret_cast<volatile uint64_t *>(address);
}
uint64_t divide(uint64_t by) {
    return by == 0 ? *reinterpret_cast<volatile uint64_t *>(8) : by;
}
constexpr rt::Entry<Domain::alice, read_word> alice_reads;
constexpr rt::Entry<Domain::alice, divide> alice_faults;

volatile uint64_t &word_at(uintptr_t address) {
    return *reinterpret_cast<volatile uint64_t *>(address);
}

/// Whether the program ended because the monitor itself made this access, with the line that says
/// so.
bool is_blamed(const harness::ChildEnd &end, const char *access, uintptr_t address,
               const char *key) {
    rt::Line wanted;
    wanted
        .format("postern: the monitor itself: {} of {} (app's memory{}) at ", access,
                rt::Hex{address}, key)
        .append('\0');
    return EXPECT_EQUAL(end.exit_status, 70) && EXPECT(end.says(wanted.text()));
}

} // namespace

POSTERN_TEST("run.key_allocator.rights_open_and_close", SHOWS(key_rights_end_in_time)) {
    constexpr struct {
        uint32_t asked;
        Rights given;
    } rows[] = {{0, Rights::full}, {1, Rights::none}, {2, Rights::read_only}, {3, Rights::none}};
    for (const auto &row : rows) {
        const Pkey key = rt::pkey_alloc(0, row.asked).value();
        EXPECT(rt::pkey_get(key) == row.given);
        EXPECT(bool(rt::pkey_free(key)));
        EXPECT(rt::pkey_get(key) == Rights::none); // closed before somebody else has it
    }
    const Own first = own_page();
    const Own second = own_page();
    // Both are open at once, and closing one leaves the other.
    word_at(first.page.begin()) = 1;
    word_at(second.page.begin()) = 2;
    EXPECT(bool(rt::pkey_set(first.key, Rights::none)));
    EXPECT(rt::pkey_get(first.key) == Rights::none && rt::pkey_get(second.key) == Rights::full);
    word_at(second.page.begin()) = 3;
    EXPECT(bool(rt::pkey_set(second.key, Rights::read_only)));
    EXPECT(bool(rt::pkey_set(first.key, Rights::read_only)));
    EXPECT_EQUAL(word_at(first.page.begin()) + word_at(second.page.begin()), 4);
    give_up(first);
    give_up(second);
    EXPECT(rt::key::read_pkru() == rt::key::monitor_view);
}

POSTERN_TEST("run.key_allocator.rights_end_with_a_call_a_fault_or_a_copy",
             SHOWS(key_rights_end_in_time), TRIES(attack_40)) {
    const Own own = own_page();
    EXPECT(bool(rt::call<Domain::alice>(alice_faults, 1ul)));
    EXPECT(rt::key::read_pkru() == rt::key::monitor_view);
    EXPECT(bool(rt::pkey_set(own.key, Rights::full)));
    EXPECT(!rt::call<Domain::alice>(alice_faults, 0ul));
    EXPECT(rt::key::read_pkru() == rt::key::monitor_view);
    EXPECT(bool(rt::pkey_set(own.key, Rights::full)));
    uint64_t word = 1;
    EXPECT(bool(rt::copy_to_domain(
        Domain::alice, rt::Claimed::of(const_cast<uint64_t *>(&alice_word)), &word, sizeof word)));
    EXPECT(rt::key::read_pkru() == rt::key::monitor_view);
    EXPECT(rt::pkey_get(own.key) == Rights::none);
    give_up(own);
}

POSTERN_TEST("deny.key_allocator.no_key_is_opened_in_a_window", SHOWS(key_rights_end_in_time)) {
    const Own own = own_page();
    {
        const rt::UserAccess window(Domain::alice);
        EXPECT(rt::pkey_get(own.key) == Rights::none);
        EXPECT(fails(rt::pkey_set(own.key, Rights::full), Errno::busy));
        EXPECT(fails(rt::pkey_set(own.key, Rights::read_only), Errno::busy));
        EXPECT(bool(rt::pkey_set(own.key, Rights::none)));
        const auto another = rt::pkey_alloc(0, 0);
        EXPECT(!another && another.error() == Errno::busy);
        EXPECT(rt::key::read_pkru() == rt::key::window_view(rt::domain::key_of(Domain::alice)));
        EXPECT(bool(window.put(rt::Claimed::of(const_cast<uint64_t *>(&alice_word)), uint64_t{7})));
    }
    EXPECT(rt::key::read_pkru() == rt::key::monitor_view);
    // And an access of the window's kind is no bug while a key is open.
    EXPECT(bool(rt::pkey_set(own.key, Rights::full)));
    const auto word =
        rt::get_user<uint64_t>(Domain::alice, rt::Claimed::of(const_cast<uint64_t *>(&alice_word)));
    EXPECT(word && word.value() == 7);
    EXPECT(rt::pkey_get(own.key) == Rights::none);
    give_up(own);
}

POSTERN_TEST("deny.key_allocator.a_closed_key_refuses_the_app", SHOWS(key_rights_end_in_time)) {
    static constinit Own own{{}, Pkey::from_raw(0)};
    own = own_page();
    word_at(own.page.begin()) = 1;
    EXPECT(bool(rt::pkey_set(own.key, Rights::read_only)));
    EXPECT_EQUAL(word_at(own.page.begin()), 1);
    EXPECT_EQUAL(own.key.raw(), 4);
    is_blamed(harness::in_child([] { word_at(own.page.begin()) = 2; }), "write", own.page.begin(),
              ", key 4");
    EXPECT(bool(rt::pkey_set(own.key, Rights::none)));
    is_blamed(harness::in_child([] { read_word(own.page.begin()); }), "read", own.page.begin(),
              ", key 4");
    give_up(own);
}

POSTERN_TEST("deny.key_allocator.an_open_key_does_not_make_a_page_writable",
             SHOWS(keys_only_restrict)) {
    static constinit Region page;
    page = new_pages();
    const Pkey key = rt::pkey_alloc(0, 0).value();
    word_at(page.begin()) = 1;
    EXPECT(bool(rt::pkey_mprotect(page, Protection::read, key)));
    EXPECT_EQUAL(word_at(page.begin()), 1);
    // SEGV_ACCERR: the line names no key, though the page has one.
    is_blamed(harness::in_child([] { word_at(page.begin()) = 2; }), "write", page.begin(), "");
    EXPECT(bool(rt::munmap(page)));
    EXPECT(bool(rt::pkey_free(key)));
}

POSTERN_TEST("deny.key_allocator.no_domain_has_an_apps_key", SHOWS(key_rights_end_in_time)) {
    const Region page = new_pages();
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_reads, page.begin()).value_or(1), 0);
    const Pkey key = rt::pkey_alloc(0, 0).value();
    EXPECT(bool(rt::pkey_mprotect(page, Protection::read_write, key)));
    EXPECT(rt::pkey_get(key) == Rights::full); // the monitor's view does not matter to alice's
    const auto read = rt::call<Domain::alice>(alice_reads, page.begin());
    EXPECT(!read) && EXPECT_FAULT(read.fault(), .kind = rt::FaultKind::read,
                                  .domain = Domain::alice, .signal = 11, .code = 4,
                                  .address = page.begin(), .key = static_cast<int>(key.raw()));
    EXPECT(bool(rt::munmap(page)));
    EXPECT(bool(rt::pkey_free(key)));
}
