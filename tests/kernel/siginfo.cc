/// The signal of a refused access: code, address, key, error code.
#include "tests/kernel/experiment.h"

using namespace kernel;

namespace {

constexpr int key = 1;
constexpr int maperr = 1;
constexpr int accerr = 2;
constexpr int pkuerr = 4;

// Page fault error code. [sdm-3 4.7]
constexpr uint64_t present = 1;
constexpr uint64_t write = 2;
constexpr uint64_t user = 4;
constexpr uint64_t by_key = 0x20;

struct Refusal {
    Protection protection;
    Rights rights;
    bool is_present;
    const void *act;
    int code; // 0: nothing is refused
    uint64_t error_code;
    uint64_t compared = ~uint64_t{0}; // bits of the error code
};

constinit Refusal wanted{};

void body() {
    CHILD_EQUAL(take_key(), key);
    const Region pages = map(2 * POSTERN_PAGE, wanted.protection, key); // the second is not present
    const uintptr_t place = pages.begin() + (wanted.is_present ? 0 : POSTERN_PAGE) + 0x123;
    catch_signal(Signal::memory);
    kernel_strike(pkru_with(key, wanted.rights), wanted.act, static_cast<long>(place));
    const Notes &seen = notes();
    CHILD_EQUAL(seen.handled, wanted.code == 0 ? 0 : 1);
    if (wanted.code != 0) {
        CHILD_EQUAL(seen.signal, Signal::memory);
        CHILD_EQUAL(seen.code, wanted.code);
        CHILD_EQUAL(seen.address, place);
        CHILD_EQUAL(seen.error_code & wanted.compared, wanted.error_code);
        CHILD_EQUAL(wanted.code == pkuerr ? seen.key : 0, wanted.code == pkuerr ? key : 0);
    }
}

template <size_t count>
void expect_refusals(const Refusal (&rows)[count]) {
    for (const Refusal &row : rows) {
        wanted = row;
        expect_child(body);
    }
}

constexpr auto read_write = Protection::read_write;

} // namespace

POSTERN_TEST("kernel.siginfo.names_the_key_of_a_present_page",
             SHOWS(kernel_refused_access_names_key)) {
    expect_refusals({
        {read_write, Rights::none, true, kernel_act_load, pkuerr, present | user | by_key},
        {read_write, Rights::none, true, kernel_act_store, pkuerr, present | write | user | by_key},
        {read_write, Rights::read_only, true, kernel_act_store, pkuerr,
         present | write | user | by_key},
        {read_write, Rights::read_only, true, kernel_act_load, 0, 0},
        {read_write, Rights::full, true, kernel_act_store, 0, 0},
    });
}

// The processor finds no page and so no key; the kernel looks at the mapping. Bit 5 is not
// compared: no manual promises it either way here. [linux fault.c v6.12]
POSTERN_TEST("kernel.siginfo.names_the_key_of_a_page_that_is_not_present",
             SHOWS(kernel_refused_access_names_key)) {
    constexpr uint64_t all_but_key = ~by_key;
    expect_refusals({
        {read_write, Rights::none, false, kernel_act_load, pkuerr, user, all_but_key},
        {read_write, Rights::none, false, kernel_act_store, pkuerr, write | user, all_but_key},
        {read_write, Rights::read_only, false, kernel_act_store, pkuerr, write | user, all_but_key},
        {read_write, Rights::read_only, false, kernel_act_load, 0, 0},
        {read_write, Rights::full, false, kernel_act_store, 0, 0},
    });
}

POSTERN_TEST("kernel.siginfo.names_no_key_where_the_page_refuses",
             SHOWS(kernel_refused_access_names_key)) {
    expect_refusals({
        {Protection::read, Rights::full, true, kernel_act_store, accerr, present | write | user},
        {Protection::read, Rights::full, true, kernel_act_load, 0, 0},
        {Protection::none, Rights::full, true, kernel_act_load, accerr, user, ~(by_key | present)},
    });
}

POSTERN_TEST("kernel.siginfo.names_no_key_where_nothing_is_mapped",
             SHOWS(kernel_refused_access_names_key)) {
    expect_child([] {
        const Region page = map(POSTERN_PAGE);
        CHILD_EXPECT(bool(rt::sys::munmap(page)));
        catch_signal(Signal::memory);
        kernel_strike(default_pkru, kernel_act_load, static_cast<long>(page.begin()));
        CHILD_EQUAL(notes().handled, 1);
        CHILD_EQUAL(notes().code, maperr);
        CHILD_EQUAL(notes().address, page.begin());
        CHILD_EQUAL(notes().error_code, user);
    });
}

// Keys are not asked for instructions. [sdm-3 4.6.2]
POSTERN_TEST("kernel.siginfo.instructions_come_from_closed_pages",
             SHOWS(kernel_refused_access_names_key)) {
    expect_child([] {
        const Region page = map(POSTERN_PAGE);
        __builtin_memcpy(reinterpret_cast<void *>(page.begin()), "\xff\xe6", 2); // jmp *%rsi
        CHILD_EXPECT(bool(rt::sys::pkey_mprotect(page, Protection::read_execute, take_key())));
        catch_signal(Signal::memory);
        kernel_strike(default_pkru, kernel_act_execute, static_cast<long>(page.begin()));
        CHILD_EQUAL(notes().entered, 0);
        CHILD_EQUAL(notes().ended, 1);
        kernel_strike(default_pkru, kernel_act_load, static_cast<long>(page.begin()));
        CHILD_EQUAL(notes().code, pkuerr);
    });
}
