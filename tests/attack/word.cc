/// The attacker wants the word that system calls of the monitor show the filter: with it a jump to
/// the runtime's instruction would be served where there is no dispatch. What must hold: the word
/// is in no register with which a domain is entered or gone on in, and in no byte that a domain can
/// read, whatever the monitor did before: calls interrupted by signals, calls made for a domain,
/// accesses that fault, deadlines. The same of any word that the monitor has in a register.
#include <asm/unistd.h>

#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/entry/call.h"
#include "rt/key/view.h"
#include "rt/sys/call.h"
#include "rt/sys/child.h"
#include "tests/harness/harness.h"
#include "tests/rt/domain/smaps.h"

extern "C" {
/// tests/attack/word.S, in alice: the registers go to *to.
uint64_t attack_note_entry(rt::Claimed to);
uint64_t attack_note_call(rt::Claimed to, uint64_t number);
uint64_t attack_note_service(rt::Claimed to);
/// There, too: faults with the word in every register.
uint64_t attack_fill_and_fault(uint64_t word);
/// tests/attack/fault_with.S.
uint64_t attack_fault_with(uint64_t word);
uint64_t attack_access();
}

namespace {

using rt::base::slot;

constexpr size_t register_count = 15;

POSTERN_BSS(alice) uint64_t registers[register_count];
POSTERN_BSS(alice) uint64_t planted;
POSTERN_BSS(alice) alignas(POSTERN_PAGE) char closed[POSTERN_PAGE];

/// Runs in alice: how often a word occurs in [begin, end), at any byte. The word comes in two
/// parts, so that the search leaves no copy of it.
uint64_t find(uint64_t begin, uint64_t end, uint64_t part, uint64_t other) {
    uint64_t found = 0;
    for (uint64_t at = begin; at + sizeof(uint64_t) <= end; ++at) {
        uint64_t word;
        __builtin_memcpy(&word, reinterpret_cast<const void *>(at), sizeof word);
        word ^= part;
        asm("" : "+r"(word)); // else the parts could be put together, once for all
        found += word == other ? 1 : 0;
    }
    return found;
}

uint64_t fault(uint64_t address) {
    return *reinterpret_cast<const volatile uint64_t *>(address);
}

uint64_t loop() {
    for (volatile uint64_t forever = 0;;) {
        forever = forever + 1;
    }
}

constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr rt::Entry<Domain::alice, fault> fault_entry;
constexpr rt::Entry<Domain::alice, loop> loop_entry;
constexpr rt::Entry<Domain::alice, attack_note_entry> note_entry;
constexpr rt::Entry<Domain::alice, attack_note_call> note_call;
constexpr rt::Entry<Domain::alice, attack_note_service> note_service;
constexpr rt::Entry<Domain::alice, attack_fill_and_fault> fill_and_fault;
constexpr rt::Service<1, uint64_t()> ask;

/// In the monitor: a system call, and back.
uint64_t handle_ask(Domain) {
    return static_cast<uint64_t>(rt::sys::getpid());
}

/// How often the word occurs in memory that alice can read, by the kernel's account of the memory
/// map.
uint64_t times_readable(uint64_t word) {
    constexpr uint64_t part = 0x9e3779b97f4a7c15;
    const auto view = rt::key::domain_view(rt::domain::key_of(Domain::alice));
    uint64_t times = 0;
    uint64_t bytes = 0;
    for (const auto &mapping : smaps::read()) {
        const auto key = rt::Pkey::from_raw(mapping.key);
        if (mapping.permissions[0] != 'r' || view.rights(key) == rt::Rights::none) {
            continue;
        }
        const auto found = rt::call<Domain::alice>(find_entry, uint64_t{mapping.begin},
                                                   uint64_t{mapping.end}, part, word ^ part);
        if (!EXPECT(bool(found))) {
            rt::log("  {}", found.fault());
            return ~uint64_t{0};
        }
        times += found.value();
        bytes += mapping.end - mapping.begin;
    }
    EXPECT(bytes > static_cast<uint64_t>(__text_end - __text_start)); // that, and much more
    return times;
}

constinit uint64_t signals = 0;

void handle_signal(rt::Signal) {
    ++signals;
}

/// A signal that comes in a system call: its frame has the registers of that call.
void interrupt_a_call() {
    EXPECT(bool(rt::on_signal(rt::Signal::user1, handle_signal)));
    const auto process = static_cast<rt::sys::Process>(rt::sys::getpid());
    for (int turn = 0; turn < 20; ++turn) {
        EXPECT(bool(rt::sys::send(process, rt::Signal::user1)));
    }
    EXPECT_EQUAL(signals, 20);
    signals = 0;
}

/// Does everything that may leave copies of the word.
void stir() {
    constexpr uint64_t short_time = 3'000'000; // nanoseconds
    EXPECT_EQUAL(attack_access(), 1);
    EXPECT(bool(rt::call<Domain::alice>(note_call, rt::Claimed::of(registers), uint64_t{__NR_getpid})));
    EXPECT(bool(rt::call<Domain::alice>(note_service, rt::Claimed::of(registers))));
    EXPECT(!rt::call<Domain::alice>(fault_entry, uint64_t{8}));
    const auto cut = rt::call_within<Domain::alice>(short_time, loop_entry);
    EXPECT(!cut && cut.fault().kind == rt::FaultKind::deadline);
    interrupt_a_call(); // the last: a fault that is fixed up wipes more than a frame
}

/// The register that carried the word, after a system call.
uint64_t register_behind_a_call() {
    long number = __NR_getpid;
    register long r9 asm("r9") = number;
    asm volatile("call rt_sys_call"
                 : "+r"(r9), "=a"(number)
                 :
                 : "rcx", "rdx", "rsi", "rdi", "r8", "r10", "r11", "memory", "cc");
    return static_cast<uint64_t>(r9);
}

/// None of the registers that alice has noted is the word.
void expect_none_is_the_word() {
    uint64_t seen[register_count];
    EXPECT(
        bool(rt::copy_from_domain(Domain::alice, seen, rt::Claimed::of(registers), sizeof seen)));
    for (const uint64_t each : seen) {
        EXPECT(each != slot().call_word);
    }
}

} // namespace

/// A page that the kernel does not supply: an access of the monitor's faults.
void prepare(rt::Arguments) {
    static_cast<void>(rt::sys::call_raw(__NR_mprotect, closed, POSTERN_PAGE, 0));
}

/// 1 where the access is refused.
uint64_t attack_access() {
    const auto value = rt::get_user<uint64_t>(Domain::alice, rt::Claimed::of(closed));
    return !value && value.error() == rt::Errno::bad_address ? 1 : 0;
}

POSTERN_CALLS(rt::syscall::grant(Domain::alice, __NR_getpid));
POSTERN_SERVICES(rt::provide<ask, handle_ask>(Domain::alice));

POSTERN_TEST("attack.word.in_no_memory_that_a_domain_reads", SHOWS(call_word_stays_secret),
             TRIES(attack_105)) {
    EXPECT(slot().call_word != 0 && slot().call_word % POSTERN_PAGE == 0);
    // A word that is there is found.
    const uint64_t decoy = 0xdec0dec0dec0dec0 ^ static_cast<uint64_t>(rt::sys::getpid());
    EXPECT(bool(rt::put_user(Domain::alice, rt::Claimed::of(&planted), decoy)));
    EXPECT_EQUAL(times_readable(decoy), 1);
    stir();
    EXPECT_EQUAL(times_readable(slot().call_word), 0);
}

POSTERN_TEST("attack.word.in_no_register_of_a_domain", SHOWS(call_word_stays_secret),
             TRIES(attack_105)) {
    EXPECT(register_behind_a_call() != slot().call_word);
    const auto to = rt::Claimed::of(registers);
    static_cast<void>(rt::sys::getpid());
    EXPECT(bool(rt::call<Domain::alice>(note_entry, to)));
    expect_none_is_the_word();
    EXPECT(bool(rt::call<Domain::alice>(note_service, to)));
    expect_none_is_the_word();
    EXPECT(bool(rt::call<Domain::alice>(note_call, to, uint64_t{__NR_getpid})));
    expect_none_is_the_word();
    EXPECT(!rt::call<Domain::alice>(fault_entry, uint64_t{8}));
    EXPECT(bool(rt::call<Domain::alice>(note_entry, to)));
    expect_none_is_the_word();
}

// Goal: what another domain had in registers when it faulted, of which the trap entry keeps rbp.
POSTERN_TEST("attack.fault.registers_left_on_the_frame_key", SHOWS(no_registers_left_on_stacks),
             TRIES(attack_95)) {
    const uint64_t secret = 0x5ec4e75ec4e70000 ^ static_cast<uint64_t>(rt::sys::getpid());
    const auto faulted = rt::call<Domain::alice>(fill_and_fault, secret);
    EXPECT(!faulted && faulted.fault().kind == rt::FaultKind::illegal);
    EXPECT_EQUAL(faulted.fault().registers.rbp, secret);
    EXPECT_EQUAL(times_readable(secret), 0);
}

// Goal: what the monitor had in registers when a checked access of its faulted: its handler runs on
// the alternate stack, which domains read before 6.12.
POSTERN_TEST("attack.uaccess.registers_left_by_an_access_that_faults",
             SHOWS(no_registers_left_on_stacks), TRIES(attack_95)) {
    const uint64_t secret = 0x5ec4e75ec4e75ec4 ^ static_cast<uint64_t>(rt::sys::getpid());
    EXPECT_EQUAL(attack_fault_with(secret), 1);
    EXPECT_EQUAL(times_readable(secret), 0);
}
