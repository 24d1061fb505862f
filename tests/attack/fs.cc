/// The attacker wants its own fs base to come into the monitor or into its victim. It loads fs,
/// whose base is then zero, or jumps to the one wrfsbase with an address of its own. What must
/// hold: leaving, asking and cross call with another base than the recorded one is a Fault of the
/// attacker, and after any fault fs is as it was.
#include "rt/base/slot.h"
#include "rt/entry/service_table.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/cross_calls.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

uint64_t monitor_words[8];
POSTERN_BSS(alice) uint64_t false_words[8];

/// Null, and the flat user segments, which any program can load. [linux segment.h v6.12]
constexpr uint64_t selectors[] = {0, 3, attack::user_code, attack::user_code_32, attack::user_data};

/// As long as it lives, the recorded base is an address of the monitor's, which no selector gives.
class RecordedBase {
public:
    RecordedBase() { EXPECT(bool(rt::set_fs_base(monitor_words))); }
    ~RecordedBase() { EXPECT(bool(rt::set_fs_base(reinterpret_cast<void *>(former_)))); }
    RecordedBase(const RecordedBase &) = delete;
    RecordedBase &operator=(const RecordedBase &) = delete;

private:
    uint64_t former_ = rt::base::slot().fs_base;
};

RegisterFile file_for(uint64_t rip) {
    RegisterFile file =
        rip == attack::cross_call_file().rip ? attack::cross_call_file() : attack::hostile_file();
    file.rip = rip;
    return file;
}

/// Whether loading `selector` makes the base of fs zero: some processors keep it for null.
bool makes_base_zero(uint64_t selector) {
    RegisterFile file = file_for(attack::address_of(attack_show_fs));
    file.loads_fs = 1;
    file.gs = selector;
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned) && EXPECT_EQUAL(outcome.fault.signal, 4);
    return outcome.fault.registers.rax == 0;
}

bool is_gate_fault(const Outcome &outcome) {
    return EXPECT(!outcome.returned) &&
           EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::gate, .domain = Domain::alice,
                        .signal = 5, .code = 128, .address = 0);
}

/// Strikes at `target` with fs loaded with each selector.
template <class Expect>
void with_each_selector(uint64_t target, Expect expect) {
    const RecordedBase recorded;
    attack::set_canaries();
    size_t tried = 0;
    for (const uint64_t selector : selectors) {
        if (!makes_base_zero(selector)) {
            continue;
        }
        RegisterFile file = file_for(target);
        file.loads_fs = 1;
        file.gs = selector;
        const Outcome outcome = attack::strike(file);
        expect(outcome);
        attack::contained(outcome, file, "fs loaded");
        ++tried;
    }
    EXPECT(tried >= 3);
}

constexpr rt::Service<1, void()> point_fs;

void handle_point_fs(Domain) {
    EXPECT(bool(rt::set_fs_base(monitor_words)));
}

uint64_t read_fs_base() {
    uint64_t base;
    asm volatile("rdfsbase %0" : "=r"(base));
    return base;
}

/// Runs in alice. Counts how often fs had the expected base, before and after the service, and says
/// whether the cross call after it is made.
uint64_t watch_fs(uint64_t before, uint64_t after) {
    uint64_t good = read_fs_base() == before;
    point_fs();
    good += read_fs_base() == after;
    good += attack::to_add(1, 1, 1, 1, 1).value_or(0) == 5;
    good += read_fs_base() == after;
    return good;
}
constexpr rt::Entry<Domain::alice, watch_fs> watch_fs_entry;

uint64_t repair() {
    return attack::address_of(attack::find_bytes(rt_trap_entry, "\xf3\x48\x0f\xae\xd7", 5));
}

} // namespace

POSTERN_SERVICES(rt::provide<point_fs, handle_point_fs>(Domain::alice));

POSTERN_TEST("run.start.fs_base_is_what_the_app_says", SHOWS(fs_base_crosses_no_gate)) {
    EXPECT_EQUAL(rt::base::slot().fs_base, attack::address_of(&rt::base::slot().thread_block));
    const RecordedBase recorded;
    attack::set_canaries();
    EXPECT_EQUAL(rt::base::slot().fs_base, attack::address_of(monitor_words));
    EXPECT(attack::canaries_intact());
    const auto *nowhere = reinterpret_cast<const void *>(uint64_t{1} << 63);
    EXPECT(rt::set_fs_base(nowhere).error() == rt::Errno::not_permitted);
    EXPECT(attack::canaries_intact());
}

// As a trusted domain leaves it, or code of the app's own: what fs happens to be does
// not become what it must be.
POSTERN_TEST("run.start.a_refused_fs_base_leaves_the_record_alone",
             SHOWS(fs_base_crosses_no_gate)) {
    const RecordedBase recorded;
    attack::set_canaries();
    asm volatile("movl %0, %%fs" : : "r"(static_cast<uint32_t>(attack::user_data)));
    EXPECT_EQUAL(read_fs_base(), 0);
    const auto *nowhere = reinterpret_cast<const void *>(uint64_t{1} << 63);
    EXPECT(!rt::set_fs_base(nowhere));
    EXPECT_EQUAL(rt::base::slot().fs_base, attack::address_of(monitor_words));
    // The next trap repairs fs.
    EXPECT(!attack::strike(file_for(attack::address_of(attack_undefined))).returned);
    EXPECT(attack::canaries_intact());
}

// A domain in whose call the app points fs elsewhere is not blamed for that.
POSTERN_TEST("run.start.fs_base_changes_in_a_service", SHOWS(fs_base_crosses_no_gate)) {
    const uint64_t before = rt::base::slot().fs_base;
    const auto good =
        rt::call<Domain::alice>(watch_fs_entry, before, attack::address_of(monitor_words));
    EXPECT_EQUAL(good.value_or(0), 4);
    EXPECT(bool(rt::set_fs_base(reinterpret_cast<const void *>(before))));
}

POSTERN_TEST("attack.fs.loaded_at_leave", SHOWS(fs_base_crosses_no_gate), TRIES(attack_74)) {
    EXPECT(attack::strike(file_for(attack::address_of(rt_gate_leave))).returned);
    with_each_selector(attack::address_of(rt_gate_leave), is_gate_fault);
}

POSTERN_TEST("attack.fs.loaded_at_service", SHOWS(fs_base_crosses_no_gate), TRIES(attack_74)) {
    const uint64_t service = attack::address_of(reinterpret_cast<const void *>(&rt_gate_service));
    EXPECT(attack::strike(file_for(service)).fault.kind == rt::FaultKind::service);
    with_each_selector(service, is_gate_fault);
}

// The victim's code does not run.
POSTERN_TEST("attack.fs.loaded_at_cross_call", SHOWS(fs_base_crosses_no_gate), TRIES(attack_74)) {
    const RegisterFile honest = attack::cross_call_file();
    EXPECT(attack::strike(honest).returned);
    const uint64_t times = attack::times_added();
    with_each_selector(honest.rip, is_gate_fault);
    EXPECT_EQUAL(attack::times_added(), times);
}

POSTERN_TEST("attack.fs.loaded_at_a_fault", SHOWS(fs_base_crosses_no_gate), TRIES(attack_73)) {
    with_each_selector(attack::address_of(attack_undefined), [](const Outcome &outcome) {
        EXPECT(!outcome.returned) && EXPECT(outcome.fault.kind == rt::FaultKind::illegal);
    });
}

// Goal: a base of the attacker's own for the code that runs next. The instructions after the
// wrfsbase show under which view they run, and the trap that follows repairs the base.
POSTERN_TEST("attack.fs.base_of_its_own", SHOWS(fs_base_crosses_no_gate), TRIES(attack_33)) {
    const RecordedBase recorded;
    attack::set_canaries();
    const uint64_t behind = 5;
    const uint64_t targets[] = {repair(), repair() + behind};
    for (const uint64_t rip : targets) {
        RegisterFile file = file_for(rip);
        file.rdi = attack::address_of(false_words);
        file.loads_fs = 1;
        const Outcome outcome = attack::strike(file);
        is_gate_fault(outcome);
        attack::contained(outcome, file, "wrfsbase");
    }
}
