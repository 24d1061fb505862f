/// The attacker jumps to the accesses of the exception table, whose faults the monitor forgives
/// itself. What must hold: each fault is a Fault of the attacker, whichever window is open and
/// whichever memory it is. No jump ends at a fix-up.
#include "rt/base/slot.h"
#include "rt/sys/memory.h"
#include "rt/uaccess/exception_table.h"
#include "tests/attack/canaries.h"
#include "tests/rt/uaccess/rows.h"

extern "C" const char rt_uaccess_store_8_seen[]; // rt/uaccess/access.S: the last one

namespace {

using attack::Outcome;
using attack::RegisterFile;

constexpr int by_protection = 2; // SEGV_ACCERR [linux siginfo.h v6.12]
constexpr int by_key = 4;        // SEGV_PKUERR

POSTERN_BSS(alice) alignas(POSTERN_PAGE) uint64_t page_of_her_own[POSTERN_PAGE / 8];

/// Somewhere to access, and what a fault there looks like.
struct Target {
    uint64_t address;
    int code;
    int key;
};

/// All registers from which an access takes its address lead to `from` or `to`. A return after the
/// access lands in alice.
RegisterFile file_for(const rt::uaccess::ExceptionEntry &row, uint64_t to, uint64_t from) {
    RegisterFile file = attack::hostile_file();
    file.rip = row.instruction_address();
    file.rax = 0;
    file.rcx = 64;
    file.rdi = to;
    file.rsi = from;
    file.poke(reinterpret_cast<const void *>(attack::own_memory()), attack::loot);
    return file;
}

bool is_store(const rt::uaccess::ExceptionEntry &row) {
    const auto first = reinterpret_cast<uint64_t>(&rt_uaccess_store_1);
    const auto last = reinterpret_cast<uint64_t>(rt_uaccess_store_8_seen);
    const auto *code = reinterpret_cast<const unsigned char *>(row.instruction_address());
    constexpr unsigned char store_al = 0x88; // in the copy's loop; all others have a prefix
    constexpr unsigned char rep_stosb[] = {0xf3, 0xaa};
    return (row.instruction_address() >= first && row.instruction_address() < last + 32) ||
           *code == store_al || __builtin_memcmp(code, rep_stosb, sizeof rep_stosb) == 0;
}

void expect_fault(const RegisterFile &file, const Target &target, rt::FaultKind kind,
                  uint32_t window) {
    attack::load(file);
    rt::base::slot().window = window;
    const Outcome outcome = attack::fire();
    rt::base::slot().window = 0;
    if (EXPECT(!outcome.returned)) {
        EXPECT_FAULT(outcome.fault, .kind = kind, .domain = Domain::alice, .signal = 11,
                     .code = target.code, .address = target.address, .key = target.key);
        EXPECT_EQUAL(outcome.fault.registers.rip, file.rip);
        EXPECT_EQUAL(outcome.fault.pkru, attack::views.alice);
    }
    attack::contained(outcome, file, "an access of the table");
}

/// The twin: in memory of her own the same jump is an access like any of hers.
void expect_access(const RegisterFile &file) {
    const Outcome outcome = attack::strike(file);
    EXPECT(outcome.returned && outcome.value == ATTACK_LANDED);
    attack::contained(outcome, file, "an access of the table to her own memory");
}

void strike_each_row(const Target &target) {
    const uint32_t windows[] = {0, attack::views.window_alice, attack::views.window_bob};
    const uint64_t own = attack::own_memory();
    for (const auto *row = __start___ex_table; row != __stop___ex_table; ++row) {
        expect_access(file_for(*row, own, own));
        const auto kind = is_store(*row) ? rt::FaultKind::write : rt::FaultKind::read;
        for (const uint32_t window : windows) {
            expect_fault(file_for(*row, target.address, target.address), target, kind, window);
        }
        // The copy from her own memory to there, by one instruction.
        if (row->instruction_address() - reinterpret_cast<uint64_t>(&rt_uaccess_copy) < 16) {
            expect_fault(file_for(*row, target.address, own), target, rt::FaultKind::write,
                         attack::views.window_alice);
        }
    }
}

} // namespace

/// Takes alice's page away, before the map is sealed.
void prepare(rt::Arguments) {
    const auto begin = attack::address_of(page_of_her_own);
    const auto page = rt::base::Region::from_raw(begin, begin + POSTERN_PAGE);
    if (!rt::sys::pkey_mprotect(page, rt::sys::Protection::none, static_cast<int>(rt::key::key_of(Domain::alice).raw()))) {
        rt::panic("alice's page stays accessible");
    }
}

// Goal: read or write the monitor's memory, or be told that it could not be.
POSTERN_TEST("attack.uaccess.accesses_to_the_monitors_memory", SHOWS(jump_to_an_access_is_no_fixup),
             TRIES(attack_38)) {
    attack::set_canaries();
    strike_each_row({attack::address_of(attack::monitor_canary(0)), by_key, POSTERN_KEY_MONITOR});
}

POSTERN_TEST("attack.uaccess.accesses_to_another_domains_memory",
             SHOWS(jump_to_an_access_is_no_fixup), TRIES(attack_38)) {
    attack::set_canaries();
    strike_each_row(
        {attack::address_of(attack::bob_canary()), by_key, static_cast<int>(rt::key::key_of(Domain::bob).raw())});
}

// Goal: have its own fault fixed up, which goes on in the monitor's view, at an address that is its
// own and in a window of its own, as if the monitor had been reading there.
POSTERN_TEST("attack.uaccess.accesses_to_its_own_memory_that_fault",
             SHOWS(jump_to_an_access_is_no_fixup), TRIES(attack_82)) {
    attack::set_canaries();
    strike_each_row({attack::address_of(page_of_her_own), by_protection, -1});
}
