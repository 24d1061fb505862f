/// {key 0 writable, WD0} x {no fault, SIGFPE, SIGSEGV}: each hands back control, again and again.
#include "apps/wd0_matrix/user.h"
#include "rt/sys/memory.h"
#include "tests/harness/harness.h"
#include "tests/rt/trap/steady.h"

volatile uint32_t trusted_word = 1;

namespace {

// Key 0, two bits per key: write-disabled (binary 10) or open; the own key 2 or 3 and the frame key
// 15 open, all others closed (01).
constexpr uint32_t wd0_view = 0x15555546;
constexpr uint32_t key_0_writable_view = 0x15555514;

/// The expected outcome of one call of a row; `signal` 0: a result, which is the user's PKRU.
struct Wanted {
    rt::FaultKind kind = rt::FaultKind::read;
    int signal = 0;
    int code = 0;
    uint64_t address = 0; // 0: that of the instruction, which the registers tell
    int key = -1;
};

/// The comparison of every single fault, whole; how often it fails is what the row prints.
bool is_as(const rt::Fault &fault, const Wanted &wanted, Domain domain, uint32_t pkru) {
    const uint64_t address = wanted.address != 0 ? wanted.address : fault.registers.rip;
    return fault.kind == wanted.kind && fault.domain == domain && fault.signal == wanted.signal &&
           fault.code == wanted.code && fault.address == address && fault.pkru == pkru &&
           fault.has_key == (wanted.key >= 0) && (!fault.has_key || fault.key == wanted.key);
}

template <Domain domain, auto function>
bool call_once(const Wanted &wanted, uint32_t pkru) {
    const auto result = rt::call<domain>(rt::Entry<domain, function>{});
    if (wanted.signal == 0) {
        return result && result.value() == pkru;
    }
    return !result && is_as(result.fault(), wanted, domain, pkru);
}

template <Domain domain, auto function>
void run_row(const Wanted &wanted) {
    const uint32_t pkru = domain == Domain::wd0 ? wd0_view : key_0_writable_view;
    // Touch what they need: two alternate stacks, which take turns.
    EXPECT((call_once<domain, function>(wanted, pkru)));
    EXPECT((call_once<domain, function>(wanted, pkru)));
    const steady::State before = steady::now();
    const uint64_t count = harness::scaled(1'000'000);
    uint64_t as_wanted = 0;
    for (uint64_t i = 0; i < count; ++i) {
        as_wanted += call_once<domain, function>(wanted, pkru);
    }
    EXPECT_EQUAL(as_wanted, count);
    steady::expect_same(before, steady::now());
}

constexpr Wanted division{.kind = rt::FaultKind::divide, .signal = 8, .code = 1}; // FPE_INTDIV

Wanted trespass() {
    return {.kind = rt::FaultKind::read,
            .signal = 11,
            .code = 4, // SEGV_PKUERR
            .address = reinterpret_cast<uint64_t>(&trusted_word),
            .key = POSTERN_KEY_MONITOR};
}

void store(uint64_t address) {
    *reinterpret_cast<volatile uint64_t *>(address) = 1;
}

} // namespace

POSTERN_TEST("run.matrix.key_0_writable_no_fault", SHOWS(six_ways_hand_control_back)) {
    run_row<Domain::key_0_writable, user::finish>({});
}
POSTERN_TEST("run.matrix.key_0_writable_sigfpe", SHOWS(six_ways_hand_control_back)) {
    run_row<Domain::key_0_writable, user::divide>(division);
}
POSTERN_TEST("run.matrix.key_0_writable_sigsegv", SHOWS(six_ways_hand_control_back)) {
    run_row<Domain::key_0_writable, user::trespass>(trespass());
}
POSTERN_TEST("run.matrix.wd0_no_fault", SHOWS(six_ways_hand_control_back)) {
    run_row<Domain::wd0, user::finish>({});
}
POSTERN_TEST("run.matrix.wd0_sigfpe", SHOWS(six_ways_hand_control_back)) {
    run_row<Domain::wd0, user::divide>(division);
}
POSTERN_TEST("run.matrix.wd0_sigsegv", SHOWS(six_ways_hand_control_back)) {
    run_row<Domain::wd0, user::trespass>(trespass());
}

POSTERN_TEST("deny.matrix.only_wd0_refuses_a_write_to_key_0", SHOWS(only_wd0_refuses_key_0)) {
    const auto page = rt::sys::map_anonymous(POSTERN_PAGE, rt::sys::Protection::read_write).value();
    const uint64_t word = page.begin() + 8;
    EXPECT(
        bool(rt::call<Domain::key_0_writable>(rt::Entry<Domain::key_0_writable, store>{}, word)));
    EXPECT_EQUAL(*reinterpret_cast<volatile uint64_t *>(word), 1);
    const auto refused = rt::call<Domain::wd0>(rt::Entry<Domain::wd0, store>{}, word);
    EXPECT(!refused) &&
        EXPECT_FAULT(refused.fault(), .kind = rt::FaultKind::write, .domain = Domain::wd0,
                     .signal = 11, .code = 4, .address = word, .key = POSTERN_KEY_SHARED);
    EXPECT(bool(rt::sys::munmap(page)));
}
