/// Faults that no row of the exception table excuses: the monitor's bugs, named, in a window and
/// outside.
#include "rt/base/slot.h"
#include "rt/key/view.h"
#include "rt/sys/process.h"
#include "tests/rt/uaccess/places.h"
#include "tests/rt/uaccess/rows.h"

namespace {

using places::claim;
using places::claim_at;
using places::Hole;

// The input of a child, whose body takes no argument.
constinit uint64_t address;
constinit const void *function;

uint64_t read(uint64_t at) {
    return *reinterpret_cast<const volatile uint8_t *>(at);
}

/// The child must end with status 70 and say what was done to `address`, and where that is.
void expect_bug(void (*body)(), const char *access, const char *place,
                const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    const auto end = harness::in_child(body);
    rt::Line wanted;
    wanted.format("postern: the monitor itself: {} of {} (", access, rt::Hex{address});
    for (; *place != '\0' && (rt::key::has_keys() || *place != ','); ++place) {
        wanted.append(*place); // up to the key, which other runs do not have
    }
    wanted.append('\0');
    harness::expect_equal(static_cast<uint64_t>(end.exit_status), 70, "exit status", file, line);
    if (!harness::expect(end.says(wanted.text()), wanted.text(), file, line)) {
        rt::log("seen: {}", end.text);
    }
}

void expect_harmless(void (*body)(), const char *file = __builtin_FILE(),
                     int line = __builtin_LINE()) {
    const auto end = harness::in_child(body);
    harness::expect_equal(static_cast<uint64_t>(end.exit_status), 0, "exit status of the twin",
                          file, line);
}

void read_in_a_window() {
    rt::user_access_begin(Domain::alice);
    read(address);
    rt::user_access_end();
}

/// rdi and rsi: `address`; as if it had been checked.
void access() {
    using Access = uint64_t(uint64_t, uint64_t, uint64_t);
    reinterpret_cast<Access *>(reinterpret_cast<uintptr_t>(function))(address, address, 1);
}
void access_in_a_window() {
    rt::user_access_begin(Domain::alice);
    access();
    rt::user_access_end();
}
/// The word says that a window of bob's is open; the view is that of alice's.
void access_with_another_word() {
    rt::user_access_begin(Domain::alice);
    rt::base::slot().window = rt::key::window_view(rt::domain::key_of(Domain::bob)).raw();
    access();
}

struct Row {
    const void *function;
    const char *kind; // of the first access to `address`
};
template <class Function>
const void *code(Function *pointer) {
    return reinterpret_cast<const void *>(pointer);
}
const Row all_rows[] = {{code(rt_uaccess_load_1), "read"},   {code(rt_uaccess_load_2), "read"},
                        {code(rt_uaccess_load_4), "read"},   {code(rt_uaccess_load_8), "read"},
                        {code(rt_uaccess_store_1), "write"}, {code(rt_uaccess_store_2), "write"},
                        {code(rt_uaccess_store_4), "write"}, {code(rt_uaccess_store_8), "write"},
                        {code(rt_uaccess_copy), "read"},     {code(rt_uaccess_string), "read"}};

// With the monitor's own buffers at `address`.
void copy_from_there() {
    static_cast<void>(rt::copy_to_domain(Domain::alice, claim(places::alice_word),
                                         reinterpret_cast<const void *>(address), 1));
}
void copy_there() {
    static_cast<void>(rt::copy_from_domain(Domain::alice, reinterpret_cast<void *>(address),
                                           claim(places::alice_word), 1));
}
void copy_a_string_there() {
    static_cast<void>(rt::string_from_domain(Domain::alice, reinterpret_cast<char *>(address), 8,
                                             claim(places::alice_area[0])));
}

void execute() {
    reinterpret_cast<void (*)()>(address)();
}

} // namespace

POSTERN_TEST("deny.uaccess.an_access_without_an_entry_is_a_bug_in_a_window_too",
             SHOWS(fault_without_row_is_a_bug),
             NEEDS_KEYS("a window opens no address of a domain's: plain reads are bugs there, too")) {
    address = claim(places::alice_word).raw();
    expect_harmless(read_in_a_window);
    address = Hole::begin();
    expect_harmless(read_in_a_window);
    const Hole hole;
    expect_bug(read_in_a_window, "read", "alice's data");
}

POSTERN_TEST("deny.uaccess.an_entry_excuses_nothing_outside_a_window",
             SHOWS(fault_without_row_is_a_bug),
             NEEDS_KEYS("where the monitor sees domains' memory, no window closes it")) {
    for (const auto &row : all_rows) {
        function = row.function;
        address = claim(places::alice_area[0]).raw();
        expect_harmless(access_in_a_window);
        expect_bug(access, row.kind, "alice's data, key 2");
    }
}

POSTERN_TEST("deny.uaccess.an_entry_excuses_nothing_under_another_view_than_the_windows",
             SHOWS(fault_without_row_is_a_bug), NEEDS_KEYS("only keys have views")) {
    for (const auto &row : all_rows) {
        function = row.function;
        address = Hole::begin();
        expect_harmless(access_in_a_window);
        const Hole hole;
        expect_harmless(access_in_a_window);
        expect_bug(access_with_another_word, row.kind, "alice's data");
    }
}

POSTERN_TEST("deny.uaccess.an_entry_excuses_no_other_memory_than_the_domains",
             SHOWS(fault_without_row_is_a_bug),
             NEEDS_KEYS("where the monitor sees domains' memory, no window closes it")) {
    for (const auto &row : all_rows) {
        function = row.function;
        address = claim(places::bob_word).raw();
        expect_bug(access_in_a_window, row.kind, "bob's data, key 3");
        address = reinterpret_cast<uint64_t>(__regions_start); // a guard page
        expect_bug(access_in_a_window, row.kind, "guard page");
        address = 8;
        expect_bug(access_in_a_window, row.kind, "null page");
    }
}

POSTERN_TEST("deny.uaccess.the_monitors_own_side_of_a_copy", SHOWS(fault_without_row_is_a_bug)) {
    constinit static unsigned char ours[8] = {1};
    address = reinterpret_cast<uint64_t>(ours);
    expect_harmless(copy_there);
    expect_harmless(copy_from_there);
    expect_harmless(copy_a_string_there);
    address = reinterpret_cast<uint64_t>(__regions_start);
    expect_bug(copy_there, "write", "guard page");
    expect_bug(copy_from_there, "read", "guard page");
    expect_bug(copy_a_string_there, "write", "guard page");
    address = reinterpret_cast<uint64_t>(__rodata_start);
    expect_bug(copy_there, "write", "constants");
    expect_bug(copy_a_string_there, "write", "constants");
    address = claim(places::bob_word).raw();
    expect_bug(copy_there, "write", "bob's data, key 3");
    expect_bug(copy_from_there, "read", "bob's data, key 3");
    expect_bug(copy_a_string_there, "write", "bob's data, key 3");
}

// SMEP's counterpart: a domain's memory is data.
POSTERN_TEST("deny.monitor.executes_no_memory_of_a_domain", SHOWS(words_are_never_code_addresses)) {
    constexpr uint8_t ret = 0xc3;
    EXPECT(bool(rt::put_user(Domain::alice, claim(places::alice_area[0]), ret)));
    address = claim(places::alice_area[0]).raw();
    EXPECT_EQUAL(rt::get_user<uint8_t>(Domain::alice, claim_at(address)).value_or(0), ret);
    expect_bug(execute, "execution", "alice's data");
    expect_bug(
        [] {
            rt::user_access_begin(Domain::alice);
            execute();
        },
        "execution", "alice's data");
}
