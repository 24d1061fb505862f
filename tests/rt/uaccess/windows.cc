/// Windows: what is accessed in them, when they end, and what they do not open.
#include "rt/base/slot.h"
#include "rt/key/view.h"
#include "rt/sys/process.h"
#include "tests/rt/uaccess/places.h"

namespace {

using places::claim;
using places::has_view;
using places::Hole;
using places::is_closed;

uint64_t bob_answers() {
    return ++places::bob_word;
}
constexpr rt::Entry<Domain::bob, bob_answers> bobs_answer;

uint64_t read_plainly(const uint64_t &theirs) {
    return *const_cast<const volatile uint64_t *>(&theirs);
}

/// Where a domain has an address space of its own, its window opens no more than the monitor
/// has anyway.
rt::key::Pkru view_of_window(Domain domain) {
    return rt::key::is_apart(domain) ? rt::key::monitor_view
                                     : rt::key::monitor_view.with(rt::domain::key_of(domain),
                                                                  rt::key::Rights::full);
}

void expect_nested(void (*body)(), const char *file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
    const auto end = harness::in_child(body);
    harness::expect_equal(static_cast<uint64_t>(end.exit_status), 70, "exit status", file, line);
    const auto view = view_of_window(Domain::alice);
    rt::Line wanted;
    wanted.format(
        "postern: the monitor itself: a uaccess window opened inside another one (view {}): "
        "windows do not nest\n",
        rt::Hex{view.raw()});
    wanted.append('\0');
    harness::expect(end.says(wanted.text()), end.text, file, line);
}

/// `body` makes a checked access of alice's memory in a window in which it has called a domain.
void expect_end(void (*body)(), const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    const auto end = harness::in_child(body);
    harness::expect_equal(static_cast<uint64_t>(end.exit_status), 70, "exit status", file, line);
    const bool is_named =
        rt::key::is_apart(Domain::bob)
            ? end.says("postern: the monitor itself: an access in a uaccess window "
                       "in which a domain was called: ")
            : end.says("(alice's data, key 2)");
    harness::expect(is_named, end.text, file, line);
}

} // namespace

POSTERN_TEST("run.window.several_accesses_in_one", SHOWS(window_opens_one_key)) {
    {
        const rt::UserAccess window(Domain::alice);
        EXPECT(!is_closed());
        for (uint32_t i = 0; i < 16; ++i) {
            EXPECT(bool(window.put(claim(places::alice_area[4 * i]), i + 1)));
        }
        for (uint32_t i = 0; i < 16; ++i) {
            const auto got = window.get<uint32_t>(claim(places::alice_area[4 * i]));
            EXPECT_EQUAL(got.value_or(0), i + 1);
        }
        EXPECT(!is_closed());
    }
    EXPECT(is_closed());
    const rt::UserAccess next(Domain::bob);
    EXPECT(bool(next.get<uint64_t>(claim(places::bob_word))));
}

POSTERN_TEST("run.window.opens_the_one_key", SHOWS(window_opens_one_key)) {
    const auto view = view_of_window(Domain::alice);
    rt::user_access_begin(Domain::alice);
    const bool is_open = has_view(view);
    EXPECT_EQUAL(rt::base::window_view(), view.raw());
    rt::user_access_end();
    EXPECT(is_open);
    EXPECT(is_closed());
}

POSTERN_TEST("run.window.an_end_without_a_begin_does_nothing", SHOWS(window_opens_one_key)) {
    rt::user_access_end();
    rt::user_access_end();
    EXPECT(is_closed());
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::alice, claim(places::alice_word)).value_or(0),
                 0x0807060504030201);
}

POSTERN_TEST("deny.window.does_not_nest", SHOWS(window_opens_one_key)) {
    expect_nested([] {
        const rt::UserAccess outer(Domain::alice);
        const rt::UserAccess inner(Domain::bob);
    });
    expect_nested([] {
        const rt::UserAccess window(Domain::alice);
        static_cast<void>(rt::get_user<uint64_t>(Domain::alice, claim(places::alice_word)));
    });
    expect_nested([] {
        const rt::UserAccess window(Domain::alice);
        static_cast<void>(rt::put_user(Domain::alice, claim(places::alice_word), 1));
    });
    expect_nested([] {
        uint64_t word;
        const rt::UserAccess window(Domain::alice);
        static_cast<void>(rt::copy_from_domain(Domain::alice, static_cast<void *>(&word),
                                               claim(places::alice_word), sizeof word));
    });
    expect_nested([] {
        char text[8];
        const rt::UserAccess window(Domain::alice);
        static_cast<void>(
            rt::string_from_domain(Domain::alice, text, claim(places::alice_area[0])));
    });
}

POSTERN_TEST("deny.window.other_memory_than_its_domains", SHOWS(window_opens_one_key)) {
    {
        const rt::UserAccess window(Domain::alice);
        EXPECT_EQUAL(window.get<uint64_t>(claim(places::alice_word)).value_or(0),
                     0x0807060504030201);
        constinit static uint64_t ours = 1;
        const uint64_t refused[] = {claim(places::bob_word).raw(), claim(ours).raw(), 0,
                                    ~uint64_t{3}};
        for (const uint64_t address : refused) {
            const auto got = window.get<uint64_t>(rt::Claimed::from_raw(address));
            EXPECT(!got && got.error() == rt::Errno::bad_address);
            const auto put = window.put(rt::Claimed::from_raw(address), uint64_t{2});
            EXPECT(!put && put.error() == rt::Errno::bad_address);
        }
        EXPECT_EQUAL(ours, 1);
        // Nothing was accessed, so nothing closed it.
        EXPECT(bool(window.get<uint64_t>(claim(places::alice_word))));
    }
    const auto end = harness::in_child([] {
        rt::user_access_begin(Domain::alice);
        if (read_plainly(places::alice_word) == 0x0807060504030201) {
            read_plainly(places::bob_word);
        }
    });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("postern: the monitor itself: read of ") &&
           end.says(rt::key::is_apart(Domain::alice) ? "(alice's data)" : "(bob's data, key 3)"));
}

// An access after it is a bug, as any access without a window; the window can be closed and opened
// again.
POSTERN_TEST("deny.window.a_call_ends_it", SHOWS(window_opens_one_key)) {
    const uint64_t before =
        rt::get_user<uint64_t>(Domain::bob, claim(places::bob_word)).value_or(0);
    {
        const rt::UserAccess window(Domain::alice);
        EXPECT(bool(window.get<uint64_t>(claim(places::alice_word))));
        EXPECT_EQUAL(rt::call<Domain::bob>(bobs_answer).value_or(0), before + 1);
        EXPECT(has_view(rt::key::monitor_view));
    }
    EXPECT(is_closed());
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::bob, claim(places::bob_word)).value_or(0),
                 before + 1);
    EXPECT(bool(rt::put_user(Domain::bob, claim(places::bob_word), before)));
    const auto plain = harness::in_child([] {
        rt::user_access_begin(Domain::alice);
        if (rt::call<Domain::bob>(bobs_answer)) {
            read_plainly(places::alice_word);
        }
    });
    EXPECT_EQUAL(plain.exit_status, 70);
    EXPECT(plain.says("postern: the monitor itself: read of ") && plain.says("(alice's data"));
    if (rt::key::is_apart(Domain::alice) && !rt::key::is_apart(Domain::bob)) {
        return; // gates leave a window alone that opens no key
    }
    expect_end([] {
        const rt::UserAccess window(Domain::alice);
        if (rt::call<Domain::bob>(bobs_answer)) {
            static_cast<void>(window.get<uint64_t>(claim(places::alice_word)));
        }
    });
    expect_end([] {
        const rt::UserAccess window(Domain::alice);
        if (rt::call<Domain::bob>(bobs_answer)) {
            static_cast<void>(window.put(claim(places::alice_word), uint64_t{1}));
        }
    });
}

POSTERN_TEST("deny.window.closed_by_a_fault_and_opened_again", SHOWS(window_opens_one_key)) {
    {
        const Hole hole;
        const rt::UserAccess window(Domain::alice);
        EXPECT(bool(window.put(claim(places::alice_area[0]), uint8_t{7})));
        EXPECT(!window.put(rt::Claimed::from_raw(Hole::begin()), uint8_t{7}));
        EXPECT(is_closed());
        EXPECT(!window.put(claim(places::alice_area[0]), uint8_t{8}));
        EXPECT(!window.get<uint8_t>(claim(places::alice_area[0])));
    }
    const rt::UserAccess window(Domain::alice);
    EXPECT_EQUAL(window.get<uint8_t>(claim(places::alice_area[0])).value_or(0), 7);
}
