/// The code of domains with an address space of their own: any instruction, and for nobody else.
#include "tests/rt/space_call/own.h"

#include <asm/unistd.h>

#include "rt/domain/fault_text.h"
#include "rt/domain/own_text.h"
#include "rt/domain/table.h"
#include "rt/seal/seal.h"
#include "rt/sys/process.h"
#include "rt/sys/smaps.h"
#include "tests/harness/harness.h"

POSTERN_CALLS(rt::syscall::grant(Domain::far, __NR_getpid));

namespace {

using rt::FaultKind;

uint64_t jump(uint64_t address) {
    return reinterpret_cast<uint64_t (*)()>(address)();
}
uint64_t read(uint64_t address) {
    return *reinterpret_cast<const volatile unsigned char *>(address);
}
constexpr rt::Entry<Domain::near, jump> jump_in_near;
constexpr rt::Entry<Domain::near, read> read_in_near;

constexpr uint64_t left_behind = 0x5ec2e75ec2e7;
constexpr rt::Service<1, uint64_t()> service;

/// The app's code may use vector registers.
uint64_t use_a_vector(Domain) {
    asm volatile("movq %0, %%xmm5" : : "r"(left_behind));
    return 1;
}

constexpr rt::CrossCall<1, Domain::near, far::asks_entry> cross_to_far;

/// What near finds in a vector register after its cross call.
uint64_t cross_and_look() {
    const auto asked = cross_to_far();
    uint64_t found;
    asm volatile("movq %%xmm5, %0" : "=r"(found));
    return asked && asked.value() == 1 ? found : 1;
}
constexpr rt::Entry<Domain::near, cross_and_look> cross_and_look_entry;

/// Where far's code is; its address as the domain itself knows it.
uint64_t fars_code() {
    return rt::call<Domain::far>(far::address_entry).value_or(0);
}

bool says(const rt::Fault &fault, const char *part) {
    rt::Line line;
    line.format("{}", fault);
    const char *text = line.append('\0').text();
    for (; *text != '\0'; ++text) {
        const char *at = text;
        const char *wanted = part;
        while (*wanted != '\0' && *at == *wanted) {
            ++at;
            ++wanted;
        }
        if (*wanted == '\0') {
            return true;
        }
    }
    return false;
}

/// Whether a jump or a read ended the call of `domain` for that address.
template <class Outcome>
void expect_closed(const Outcome &outcome, FaultKind kind, Domain domain, uint64_t address) {
    if (!EXPECT(!outcome)) {
        return;
    }
    const rt::Fault fault = outcome.fault();
    EXPECT_EQUAL(fault.kind, kind);
    EXPECT_EQUAL(fault.domain, domain);
    EXPECT_EQUAL(fault.address, address);
}

/// A jump to what is not mapped, or not executable.
template <class Outcome>
void expect_no_jump(const Outcome &outcome, Domain domain, uint64_t address) {
    expect_closed(outcome, FaultKind::execute, domain, address);
}

} // namespace

POSTERN_SERVICES(rt::provide<service, use_a_vector>(Domain::far));
POSTERN_CROSS_CALLS(cross_to_far);

POSTERN_TEST("attack.own.vector_registers_of_the_monitor", SHOWS(no_register_crosses_a_gate)) {
    const auto found = rt::call<Domain::near>(cross_and_look_entry);
    EXPECT(bool(found)) && EXPECT_EQUAL(found.value(), 0);
}

POSTERN_TEST("run.own.any_instruction", SHOWS(own_space_holds_any_instruction)) {
    EXPECT_EQUAL(rt::call<Domain::far>(far::writes_fs_entry).value_or(0), 0x1000);
    EXPECT_EQUAL(rt::call<Domain::far>(far::writes_gs_entry).value_or(0), 0x2000);
    EXPECT_EQUAL(rt::call<Domain::far>(far::restores_state_entry).value_or(0), 7);
    const auto written = rt::call<Domain::far>(far::writes_pkru_entry);
    EXPECT(written ? written.value() == 0xc : written.fault().kind == FaultKind::illegal);
    EXPECT_EQUAL(rt::call<Domain::far>(far::allocates_entry, uint64_t{100}).value_or(0), 100);
}

POSTERN_TEST("deny.own.its_code_elsewhere", SHOWS(own_space_holds_any_instruction)) {
    const uint64_t code = fars_code();
    EXPECT(rt::domain::own_text_of(Domain::far).contains(code, 1));
    expect_no_jump(rt::call<Domain::near>(jump_in_near, code), Domain::near, code);
    expect_closed(rt::call<Domain::near>(read_in_near, code), FaultKind::read, Domain::near, code);
    const uint64_t nexts = rt::call<Domain::next>(next::address_entry).value_or(0);
    EXPECT(rt::domain::own_text_of(Domain::next).contains(nexts, 1));
    expect_no_jump(rt::call<Domain::far>(far::jumps_to_entry, nexts), Domain::far, nexts);
    expect_closed(rt::call<Domain::far>(far::reads_entry, nexts), FaultKind::read, Domain::far, nexts);
    const auto refused = rt::call<Domain::near>(read_in_near, code);
    EXPECT(!refused && says(refused.fault(), "far's text"));
    EXPECT_EQUAL(rt::call<Domain::far>(far::jumps_to_entry, code).value_or(0), 0x1000);
}

POSTERN_TEST("deny.own.the_monitor_executes_it", SHOWS(own_space_holds_any_instruction)) {
    static uint64_t code;
    code = fars_code();
    const auto end = harness::in_child([] { static_cast<void>(jump(code)); });
    EXPECT_EQUAL(end.exit_status, 70);
    if (!EXPECT(end.says("the monitor itself: execution of") && end.says("far's text"))) {
        rt::log("{}", static_cast<const char *>(end.text));
    }
}

POSTERN_TEST("run.own.its_addresses_are_closed_and_sealed", SHOWS(own_space_holds_any_instruction)) {
    const auto all = rt::domain::all_own_texts();
    uint64_t closed = 0, readable = 0;
    const auto seen = rt::domain::seen_text(all);
    for (rt::sys::Smaps smaps;;) {
        const auto next = smaps.next();
        if (!EXPECT(bool(next)) || next.value() == nullptr) {
            break;
        }
        const rt::sys::Mapping &mapping = *next.value();
        if (mapping.begin >= all.begin() && mapping.end <= all.end()) {
            EXPECT(mapping.allows("---p"));
            closed += mapping.end - mapping.begin;
        } else if (mapping.begin >= seen.begin() && mapping.end <= seen.end()) {
            EXPECT(mapping.allows("r--p") &&
                   mapping.key == (rt::key::has_keys() ? POSTERN_KEY_MONITOR : 0));
            readable += mapping.end - mapping.begin;
        } else {
            EXPECT(mapping.end <= all.begin() || mapping.begin >= all.end());
        }
    }
    EXPECT_EQUAL(closed, all.bytes());
    EXPECT_EQUAL(readable, all.bytes());
    unsigned sealed = 0;
    for (const rt::Region &range : rt::seal::ranges()) {
        sealed += range.begin() == all.begin() && range.end() == all.end();
        sealed += range.begin() == seen.begin() && range.end() == seen.end();
    }
    EXPECT_EQUAL(sealed, 2);
}

POSTERN_TEST("run.own.its_own_system_call", SHOWS(own_space_holds_any_instruction)) {
    EXPECT_EQUAL(rt::call<Domain::far>(far::own_process_entry).value_or(0), rt::sys::getpid());
}

POSTERN_TEST("deny.own.says_why_it_stopped", SHOWS(own_space_holds_any_instruction)) {
    const auto ended = rt::call<Domain::far>(far::gives_up_entry);
    EXPECT(!ended) && EXPECT(ended.fault().kind == FaultKind::ended) &&
        EXPECT(ended.fault().reason() != nullptr && says(ended.fault(), "abort"));
}

POSTERN_TEST("run.own.restart_gives_a_new_life", SHOWS(restart_is_pristine)) {
    const uint64_t before = rt::call<Domain::far>(far::counts_entry).value_or(0);
    EXPECT_EQUAL(rt::call<Domain::far>(far::counts_entry).value_or(0), before + 1);
    EXPECT(bool(rt::restart(Domain::far)));
    EXPECT_EQUAL(rt::call<Domain::far>(far::counts_entry).value_or(0), 1);
    EXPECT_EQUAL(rt::call<Domain::far>(far::writes_fs_entry).value_or(0), 0x1000);
}
