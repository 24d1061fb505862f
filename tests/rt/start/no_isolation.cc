/// A run without isolation: all that domains do works, a fault is still a value, and all code
/// reaches all memory.
#include <asm/unistd.h>

#include "rt/base/slot.h"
#include "rt/domain/audit.h"
#include "rt/key/isolation.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

using rt::FaultKind;

POSTERN_DATA(alice) uint64_t alice_word = 0xa11ce;
POSTERN_DATA(bob) uint64_t bob_word = 0xb0b;
POSTERN_DATA(alice) alignas(POSTERN_PAGE) uint64_t alice_page[POSTERN_PAGE / 8] = {5};
constinit uint64_t monitor_word = 1;

constexpr rt::Service<1, uint64_t(uint64_t)> next_of;

uint64_t next(Domain caller, uint64_t number) {
    return caller == Domain::alice ? number + 1 : 0;
}

template <class T>
uint64_t address_of(const T &object) {
    return reinterpret_cast<uint64_t>(&object);
}

uint64_t take_bobs(uint64_t add) {
    return bob_word + add;
}
uint64_t divide(uint64_t by) {
    asm volatile("divq %1" : "+a"(by) : "r"(uint64_t{0}), "d"(uint64_t{0}));
    return by;
}
constexpr rt::Entry<Domain::bob, take_bobs> take_bobs_entry;
constexpr rt::Entry<Domain::bob, divide> divide_entry;
constexpr rt::CrossCall<1, Domain::alice, take_bobs_entry> to_take_bobs;
constexpr rt::CrossCall<2, Domain::alice, divide_entry> to_divide;

uint64_t six(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f) {
    return a + 10 * (b + 10 * (c + 10 * (d + 10 * (e + 10 * f))));
}
uint64_t read(uint64_t address) {
    return *reinterpret_cast<const volatile uint64_t *>(address);
}
uint64_t write(uint64_t address) {
    *reinterpret_cast<volatile uint64_t *>(address) = 77;
    return 77;
}
uint64_t illegal() {
    asm volatile("ud2");
    return 0;
}
/// The kernel's selector of user data, whose base is zero [linux segment.h v6.12].
constexpr uint32_t user_data = 0x2b;

uint64_t load_fs() {
    asm volatile("movl %0, %%fs" : : "r"(user_data));
    return read(0);
}
uint64_t load_gs() {
    asm volatile("movl %0, %%gs" : : "r"(user_data));
    return read(0);
}
uint64_t ask() {
    return next_of(41);
}
uint64_t cross() {
    return to_take_bobs(1).value_or(0);
}
uint64_t cross_to_fault() {
    const auto outcome = to_divide(1);
    return outcome ? 0 : static_cast<uint64_t>(outcome.fault());
}
uint64_t make_a_system_call() {
    uint64_t number = __NR_getpid;
    asm volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
    return number;
}

constexpr rt::Entry<Domain::alice, six> six_entry;
constexpr rt::Entry<Domain::alice, read> read_entry;
constexpr rt::Entry<Domain::alice, write> write_entry;
constexpr rt::Entry<Domain::alice, divide> alice_divides;
constexpr rt::Entry<Domain::alice, illegal> illegal_entry;
constexpr rt::Entry<Domain::alice, load_fs> load_fs_entry;
constexpr rt::Entry<Domain::alice, load_gs> load_gs_entry;
constexpr rt::Entry<Domain::alice, ask> ask_entry;
constexpr rt::Entry<Domain::alice, cross> cross_entry;
constexpr rt::Entry<Domain::alice, cross_to_fault> cross_to_fault_entry;
constexpr rt::Entry<Domain::alice, make_a_system_call> system_call_entry;

bool is(const char *one, const char *other) {
    while (*one != '\0' && *one == *other) {
        ++one;
        ++other;
    }
    return *one == *other;
}

template <class Outcome>
void expect_fault(const Outcome &outcome, const harness::WantedFault &wanted) {
    if (EXPECT(!outcome)) {
        harness::expect_fault(outcome.fault(), wanted, __FILE__, __LINE__);
        EXPECT_EQUAL(outcome.fault().pkru, 0); // there is none
    }
}

void all_kinds_of_faults() {
    expect_fault(
        rt::call<Domain::alice>(read_entry, uint64_t{0}),
        {.kind = FaultKind::read, .domain = Domain::alice, .signal = 11, .code = 1, .address = 0});
    const uint64_t constant = reinterpret_cast<uint64_t>(__rodata_start);
    expect_fault(rt::call<Domain::alice>(write_entry, constant), {.kind = FaultKind::write,
                                                                  .domain = Domain::alice,
                                                                  .signal = 11,
                                                                  .code = 2,
                                                                  .address = constant});
    const auto divided = rt::call<Domain::alice>(alice_divides, uint64_t{1});
    EXPECT(!divided && divided.fault().kind == FaultKind::divide && divided.fault().signal == 8);
    const auto refused = rt::call<Domain::alice>(illegal_entry);
    EXPECT(!refused && refused.fault().kind == FaultKind::illegal && refused.fault().signal == 4);
}

} // namespace

POSTERN_SERVICES(rt::provide<next_of, next>(Domain::alice));
POSTERN_CROSS_CALLS(to_take_bobs, to_divide);

POSTERN_TEST("run.no_isolation.is_what_this_run_has", SHOWS(runs_without_isolation_if_told)) {
    EXPECT(rt::key::isolation() == rt::key::Isolation::none);
    EXPECT(rt::guarantees().isolation == rt::key::Isolation::none);
}

POSTERN_TEST("run.no_isolation.a_call_carries_arguments_and_a_result",
             SHOWS(runs_without_isolation_if_told)) {
    const auto result = rt::call<Domain::alice>(six_entry, uint64_t{1}, uint64_t{2}, uint64_t{3},
                                                uint64_t{4}, uint64_t{5}, uint64_t{6});
    EXPECT_EQUAL(result.value_or(0), 654321);
}

POSTERN_TEST("run.no_isolation.a_service_is_served", SHOWS(runs_without_isolation_if_told)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(ask_entry).value_or(0), 42);
}

POSTERN_TEST("run.no_isolation.a_cross_call_leads_there_and_back",
             SHOWS(runs_without_isolation_if_told)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(cross_entry).value_or(0), 0xb0c);
    EXPECT_EQUAL(rt::call<Domain::alice>(cross_to_fault_entry).value_or(0), FaultKind::divide);
}

POSTERN_TEST("run.no_isolation.a_fault_is_still_a_value", SHOWS(runs_without_isolation_if_told)) {
    all_kinds_of_faults();
}

POSTERN_TEST("run.no_isolation.a_fault_repairs_the_bases", SHOWS(runs_without_isolation_if_told)) {
    EXPECT(bool(rt::set_fs_base(&alice_word)));
    const harness::WantedFault null_page = {
        .kind = FaultKind::read, .domain = Domain::alice, .signal = 11, .code = 1, .address = 0};
    expect_fault(rt::call<Domain::alice>(load_fs_entry), null_page);
    expect_fault(rt::call<Domain::alice>(load_gs_entry), null_page);
    all_kinds_of_faults();
    EXPECT(bool(rt::set_fs_base(nullptr)));
}

POSTERN_TEST("run.no_isolation.again_and_again", SHOWS(runs_without_isolation_if_told)) {
    const uint64_t rounds = harness::scaled(10'000);
    for (uint64_t i = 0; i < rounds; ++i) {
        all_kinds_of_faults();
        EXPECT_EQUAL(rt::call<Domain::alice>(ask_entry).value_or(0), 42);
    }
}

POSTERN_TEST("run.no_isolation.a_domains_system_call_is_a_fault",
             SHOWS(runs_without_isolation_if_told)) {
    const auto refused = rt::call<Domain::alice>(system_call_entry);
    EXPECT(!refused) && EXPECT(refused.fault().kind == FaultKind::syscall) &&
        EXPECT_EQUAL(refused.fault().number, __NR_getpid);
}

POSTERN_TEST("run.no_isolation.checked_copies_still_check", SHOWS(runs_without_isolation_if_told)) {
    uint64_t word = 0;
    EXPECT(bool(rt::copy_from_domain(Domain::bob, &word, rt::Claimed::of(&bob_word), sizeof word)));
    EXPECT_EQUAL(word, 0xb0b);
    EXPECT(!rt::copy_from_domain(Domain::alice, &word, rt::Claimed::of(&bob_word), sizeof word));
    EXPECT_EQUAL(word, 0);
    word = 0xb0b;
    EXPECT(bool(rt::copy_to_domain(Domain::bob, rt::Claimed::of(&bob_word), &word, sizeof word)));
}

POSTERN_TEST("run.no_isolation.an_access_that_faults_is_an_error",
             SHOWS(runs_without_isolation_if_told)) {
    const auto begin = address_of(alice_page);
    const auto page = rt::base::Region::from_raw(begin, begin + sizeof alice_page);
    uint64_t word = 1;
    const auto copy = [&] {
        return rt::copy_from_domain(Domain::alice, &word, rt::Claimed::from_raw(begin),
                                    sizeof word);
    };
    EXPECT(bool(rt::sys::protect(page, rt::sys::Protection::none)));
    const auto failed = copy();
    EXPECT(!failed && failed.error() == rt::Errno::bad_address && failed.copied() == 0);
    EXPECT_EQUAL(word, 0);
    EXPECT_EQUAL(rt::base::slot().window, 0);
    EXPECT(bool(rt::sys::protect(page, rt::sys::Protection::read_write)));
    EXPECT(bool(copy()));
    EXPECT_EQUAL(word, 5);
}

// pkeys(7): a program should work without the feature, simply by calling pkey_alloc.
POSTERN_TEST("run.no_isolation.no_key_is_handed_out", SHOWS(runs_without_isolation_if_told)) {
    const auto key = rt::pkey_alloc(0, 0);
    EXPECT(!key && key.error() == rt::Errno::no_space);
    EXPECT(rt::pkey_get(rt::key::monitor_key) == rt::key::Rights::full);
    const auto page = rt::sys::map_anonymous(POSTERN_PAGE, rt::sys::Protection::read);
    EXPECT(bool(page)) && EXPECT(bool(rt::pkey_mprotect(
                              page.value(), rt::sys::Protection::read_write, rt::key::shared_key)));
    EXPECT_EQUAL(write(page.value().begin()), 77);
}

POSTERN_TEST("run.no_isolation.the_audit_finds_every_page_as_it_is_due",
             SHOWS(runs_without_isolation_if_told)) {
    EXPECT(bool(rt::domain::audit_keys()));
    const auto begin = address_of(alice_page);
    const auto page = rt::base::Region::from_raw(begin, begin + sizeof alice_page);
    EXPECT(bool(rt::sys::protect(page, rt::sys::Protection::read)));
    const auto found = rt::domain::audit_keys();
    EXPECT(!found && found.error().address == begin &&
           found.error().kind == rt::domain::Deviation::Kind::closed);
    EXPECT(bool(rt::sys::protect(page, rt::sys::Protection::read_write)));
}

// The source's third run: where protection is off, plain access works.
POSTERN_TEST("run.no_isolation.plain_access_works", SHOWS(plain_access_without_protection)) {
    EXPECT_EQUAL(read(address_of(alice_word)), 0xa11ce);
    EXPECT_EQUAL(write(address_of(alice_word)), 77);
    EXPECT_EQUAL(rt::call<Domain::alice>(read_entry, address_of(alice_word)).value_or(0), 77);
    EXPECT_EQUAL(rt::call<Domain::alice>(read_entry, address_of(bob_word)).value_or(0), 0xb0b);
    EXPECT_EQUAL(rt::call<Domain::alice>(write_entry, address_of(monitor_word)).value_or(0), 77);
    EXPECT_EQUAL(read(address_of(monitor_word)), 77);
}

POSTERN_TEST("run.no_isolation.the_report_says_what_is_weaker",
             SHOWS(runs_without_isolation_if_told)) {
    for (const auto &row : rt::start::table_of(rt::guarantees()).rows) {
        const bool is_a_keys =
            is(row.name, "keys") || is(row.name, "key_0") || is(row.name, "signal_frames");
        EXPECT(!is_a_keys || row.missing != nullptr);
    }
    EXPECT(!rt::start::table_of(rt::guarantees()).is_full());
}
