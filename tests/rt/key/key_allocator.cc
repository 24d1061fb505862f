/// The key allocator: who has which key; keys handed out and taken back.
#include <asm/unistd.h>
#include <linux/resource.h>

#include "rt/sys/call.h"
#include "rt/sys/signal.h"
#include "tests/rt/domain/smaps.h"
#include "tests/rt/key/own.h"

using namespace own;

namespace {

constexpr unsigned first_free = 4; // after alice's 2 and bob's 3

bool is_same(const char *left, const char *right) {
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return *left == *right;
}

bool not_freed(const rt::Result<rt::Done, rt::NotFreed> &result, Errno wanted, uintptr_t address) {
    return !result && result.error().error == wanted && result.error().address == address;
}
bool not_freed(unsigned key, Errno wanted) {
    return not_freed(rt::pkey_free(Pkey::from_raw(key)), wanted, 0);
}

void handle_with(rt::trap::SignalHandler handler) {
    static_cast<void>(rt::on_signal(rt::Signal::user1, handler));
    static_cast<void>(rt::sys::raise(rt::Signal::user1));
}

} // namespace

POSTERN_TEST("run.key_allocator.hands_out_what_no_domain_has", SHOWS(ledger_hands_out_free_keys)) {
    for (unsigned number = first_free; number <= POSTERN_KEY_LAST_DOMAIN; ++number) {
        const auto key = rt::pkey_alloc(0, 1);
        EXPECT(key && key.value() == Pkey::from_raw(number));
    }
    const auto none = rt::pkey_alloc(0, 1);
    EXPECT(!none && none.error() == Errno::no_space);
    // One that comes back is had again.
    EXPECT(bool(rt::pkey_free(Pkey::from_raw(9))));
    const auto again = rt::pkey_alloc(0, 1);
    EXPECT(again && again.value() == Pkey::from_raw(9));
    for (unsigned number = first_free; number <= POSTERN_KEY_LAST_DOMAIN; ++number) {
        EXPECT(bool(rt::pkey_free(Pkey::from_raw(number))));
    }
    // The kernel has never heard of it: it still counts all fifteen as taken.
    EXPECT(!rt::sys::pkey_alloc(0));
}

POSTERN_TEST("run.key_allocator.says_who_has_which_key", SHOWS(ledger_hands_out_free_keys)) {
    EXPECT(rt::pkey_alloc(0, 1).value() == Pkey::from_raw(first_free));
    rt::Line line;
    line.format("all keys: {}", rt::KeyHolders{}).append('\0');
    const char *wanted =
        "all keys: key 0: shared, key 1: monitor, key 2: alice, key 3: bob, key 4: "
        "app, key 5: free, key 6: free, key 7: free, key 8: "
        "free, key 9: free, key 10: free, key 11: free, key 12: free, "
        "key 13: free, key 14: free, key 15: frame";
    EXPECT(is_same(line.text(), wanted));
    EXPECT(bool(rt::pkey_free(Pkey::from_raw(first_free))));
}

POSTERN_TEST("run.key_allocator.the_manuals_errors", SHOWS(all_keys_are_taken)) {
    const auto flags = rt::pkey_alloc(1, 0);
    EXPECT(!flags && flags.error() == Errno::invalid);
    const auto rights = rt::pkey_alloc(0, 4);
    EXPECT(!rights && rights.error() == Errno::invalid);
    const Pkey key = rt::pkey_alloc(0, 0).value();
    EXPECT_EQUAL(key.raw(), first_free); // neither of the two took one
    EXPECT(bool(rt::pkey_free(key)));
    EXPECT(not_freed(key.raw(), Errno::invalid));
    const Region page = new_pages();
    EXPECT(fails(rt::pkey_mprotect(page, Protection::read_write, key), Errno::invalid));
    EXPECT(fails(rt::pkey_set(key, Rights::full), Errno::invalid));
    EXPECT(rt::pkey_get(key) == Rights::none);
    EXPECT(bool(rt::munmap(page)));
}

POSTERN_TEST("deny.key_allocator.keys_of_others", SHOWS(typed_functions_touch_no_others)) {
    const Region page = new_pages();
    EXPECT(bool(rt::pkey_mprotect(page, Protection::read_write, Pkey::from_raw(0))));
    constexpr unsigned taken[] = {1, 2, 3, 15};
    for (const unsigned number : taken) {
        const Pkey key = Pkey::from_raw(number);
        const Rights before = rt::pkey_get(key);
        EXPECT(not_freed(number, Errno::invalid));
        EXPECT(fails(rt::pkey_mprotect(page, Protection::read_write, key), Errno::invalid));
        EXPECT(fails(rt::pkey_set(key, Rights::full), Errno::invalid));
        EXPECT(rt::pkey_get(key) == before);
    }
    EXPECT(not_freed(0, Errno::invalid));
    EXPECT(fails(rt::pkey_set(Pkey::from_raw(0), Rights::read_only), Errno::invalid));
    EXPECT_EQUAL(smaps::key_at(page.begin()), 0);
    EXPECT(bool(rt::munmap(page)));
}

POSTERN_TEST("deny.key_allocator.a_key_on_a_page_is_not_taken_back",
             SHOWS(tagged_key_is_not_taken_back), TRIES(attack_40)) {
    const Region pages = new_pages(4);
    const Pkey key = rt::pkey_alloc(0, 0).value();
    EXPECT(bool(rt::pkey_mprotect(page_of(pages, 1, 2), Protection::read_write, key)));
    const auto refused = rt::pkey_free(key);
    if (!EXPECT(not_freed(refused, Errno::busy, page_of(pages, 1).begin()))) {
        return;
    }
    rt::Line line;
    line.format("{}", refused.error()).append('\0');
    rt::Line wanted;
    wanted.format("key 4 is not taken back: it is still on the page at {}; unmap that, or give it "
                  "key 0 with rt::pkey_mprotect",
                  rt::Hex{page_of(pages, 1).begin()});
    wanted.append('\0');
    EXPECT(is_same(line.text(), wanted.text()));
    EXPECT(rt::pkey_get(key) == Rights::full); // nothing was closed
    // One page given back by tag, the other one unmapped.
    EXPECT(bool(rt::pkey_mprotect(page_of(pages, 1), Protection::read_write, Pkey::from_raw(0))));
    EXPECT(not_freed(rt::pkey_free(key), Errno::busy, page_of(pages, 2).begin()));
    EXPECT(bool(rt::munmap(page_of(pages, 2))));
    EXPECT(bool(rt::pkey_free(key)));
    EXPECT(bool(rt::munmap(page_of(pages, 0, 2))));
    EXPECT(bool(rt::munmap(page_of(pages, 3))));
}

// Not what the ledger remembers decides, but what the kernel shows.
POSTERN_TEST("deny.key_allocator.a_key_that_the_kernel_shows_is_not_taken_back",
             SHOWS(tagged_key_is_not_taken_back)) {
    const Region page = new_pages();
    const Pkey key = rt::pkey_alloc(0, 0).value();
    EXPECT(bool(rt::sys::pkey_mprotect(page, Protection::read, static_cast<int>(key.raw()))));
    EXPECT(not_freed(rt::pkey_free(key), Errno::busy, page.begin()));
    EXPECT(bool(rt::sys::munmap(page)));
    EXPECT(bool(rt::pkey_free(key)));
}

POSTERN_TEST("deny.key_allocator.without_proc_no_key_is_taken_back",
             SHOWS(tagged_key_is_not_taken_back)) {
    EXPECT(rt::pkey_alloc(0, 1).value() == Pkey::from_raw(first_free));
    // Every descriptor is forbidden. Status 3 means the expected error, and that the key is not
    // handed out again.
    const auto forbidden = harness::in_child([] {
        constexpr struct rlimit64 none { 0, 0 };
        rt::sys::call_raw(__NR_prlimit64, 0, RLIMIT_NOFILE, &none, 0);
        const auto key = Pkey::from_raw(first_free);
        const bool refused = not_freed(rt::pkey_free(key), Errno::too_many_files, 0);
        rt::sys::exit(refused && rt::pkey_alloc(0, 1).value() != key ? 3 : 4);
    });
    EXPECT_EQUAL(forbidden.exit_status, 3);
    EXPECT(bool(rt::pkey_free(Pkey::from_raw(first_free))));
}

// The code that it interrupts may be changing the ledger.
POSTERN_TEST("deny.key_allocator.in_a_signal_handler", SHOWS(key_allocator_is_one_threads)) {
    constexpr const char *line =
        "a signal handler locks a mutex, that of protection keys (rt::pkey_alloc, rt::pkey_free, "
        "rt::pkey_mprotect, rt::munmap)";
    const auto ends = [](void (*body)()) {
        const auto end = harness::in_child(body);
        return EXPECT_EQUAL(end.exit_status, 70) && EXPECT(end.says(line));
    };
    EXPECT(ends([] { handle_with([](rt::Signal) { static_cast<void>(rt::pkey_alloc(0, 0)); }); }));
    EXPECT(ends([] {
        handle_with([](rt::Signal) { static_cast<void>(rt::pkey_free(Pkey::from_raw(4))); });
    }));
    EXPECT(ends([] {
        handle_with([](rt::Signal) {
            static_cast<void>(rt::pkey_mprotect({}, Protection::read, Pkey::from_raw(0)));
        });
    }));
    EXPECT(ends([] { handle_with([](rt::Signal) { static_cast<void>(rt::munmap({})); }); }));
}

POSTERN_TEST("run.key_allocator.a_signal_handler_sets_rights",
             SHOWS(key_allocator_is_one_threads)) {
    static constinit Pkey key = Pkey::from_raw(0);
    static constinit bool is_set = false;
    key = rt::pkey_alloc(0, 1).value();
    handle_with([](rt::Signal) {
        is_set = rt::pkey_set(key, Rights::full) && rt::pkey_get(key) == Rights::full;
    });
    EXPECT(is_set);
    EXPECT(rt::pkey_get(key) == Rights::none); // those of the interrupted code
    EXPECT(bool(rt::on_signal(rt::Signal::user1, nullptr)));
    EXPECT(bool(rt::pkey_free(key)));
}
