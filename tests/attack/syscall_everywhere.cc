/// The attacker wants any system call at all, whichever it is: to open, map, fork, kill, or only to
/// be told the time. What must hold: every number, by every instruction that can make a call, its
/// own or the runtime's, and by the vsyscall page, is a Fault{syscall} of that number, and the
/// process is as it was for the kernel: files, memory map, signals, children, timers. Each number
/// is tried with pointers into the monitor and with small arguments, which are descriptors and
/// signals.
#include <asm/unistd.h>

#include "rt/key/cpuid.h"
#include "rt/key/processor.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/process_picture.h"
#include "tests/harness/refused_call.h"

extern "C" {
/// tests/attack/syscalls.S.
extern const char attack_syscall[], attack_int80[], attack_sysenter[];
}

namespace {

using attack::Outcome;
using attack::RegisterFile;
using rt::FaultKind;

constexpr uint64_t last_number = 600;
constexpr uint64_t x32 = 0x40000000; // [linux x32]

/// Numbers that no table of calls has: limits and signs of 32 bits, bits above them.
constexpr uint64_t beyond[] = {601,
                               1023,
                               1024,
                               65536,
                               x32 - 1,
                               x32 + 601,
                               0x7fffffff,
                               0x80000000,
                               0x80000001,
                               0xbfffffff,
                               0xc0000000,
                               0xffffffda,
                               0xffffffff,
                               1ul << 32,
                               (1ul << 32) + 39,
                               1ul << 63,
                               (1ul << 63) + 1,
                               ~uint64_t{0}};

bool is_dispatched() {
    return rt::guarantees().system_calls == rt::Mediation::dispatch;
}

/// Two calls that the kernel lets pass every filter, because its own trampolines for probes make
/// them; from elsewhere they do nothing. Dispatch refuses them. [linux seccomp.c v6.14]
bool passes_filters(uint64_t number) {
    constexpr uint64_t uretprobe = 335, uprobe = 336;
    return number == uretprobe || number == uprobe;
}

struct Counts {
    uint64_t tried = 0;
    uint64_t refused = 0;
    Counts &operator+=(const Counts &more) {
        tried += more.tried;
        refused += more.refused;
        return *this;
    }
};
constinit Counts all{};

/// Whether an outcome is an allowed end of a kind of instruction.
using IsRefused = bool (*)(const Outcome &, uint64_t number);

/// One instruction under attack, between two pictures of the process.
class Sweep {
public:
    Sweep(const char *name, const char *at, IsRefused is_refused)
        : name_(name), at_(at), is_refused_(is_refused) {
        attack::set_canaries();
        before_ = attack::take_picture();
    }
    /// Says how many; fails the case unless it is all, and at least one.
    ~Sweep() {
        look();
        rt::log("by {}: {} of {} calls refused", name_, counts_.refused, counts_.tried);
        EXPECT(counts_.tried > 0 && counts_.refused == counts_.tried);
        all += counts_;
    }
    Sweep(const Sweep &) = delete;
    Sweep &operator=(const Sweep &) = delete;

    /// The call with both sets of arguments.
    void number(uint64_t number) {
        if (passes_filters(number) && !is_dispatched()) {
            return;
        }
        RegisterFile file = attack::hostile_file();
        strike(file, number);
        file.rdi = 2; // the standard error; SIGINT
        file.rsi = 1;
        file.rdx = file.r10 = file.r8 = file.r9 = 0;
        strike(file, number);
        if (counts_.tried % 128 == 0) {
            look();
        }
    }
    /// The call with nothing but zeros, which the vsyscall page's calls take for "nowhere".
    void bare(uint64_t number) {
        RegisterFile file = attack::hostile_file();
        file.rdi = file.rsi = file.rdx = 0;
        strike(file, number);
    }
    void numbers(uint64_t first, uint64_t last) {
        for (uint64_t each = first; each <= last; ++each) {
            number(each);
        }
    }
    void all_numbers() {
        numbers(0, last_number);
        numbers(x32, x32 + last_number);
        for (const uint64_t each : beyond) {
            number(each);
        }
    }

private:
    void strike(RegisterFile &file, uint64_t number) {
        file.rip = attack::address_of(at_);
        file.rax = number;
        const Outcome outcome = attack::strike(file);
        const bool refused = !outcome.returned && outcome.fault.domain == Domain::alice &&
                             is_refused_(outcome, number);
        ++counts_.tried;
        counts_.refused += refused ? 1 : 0;
        last_ = number;
        if (!EXPECT(refused)) {
            rt::log("call {} by {} was not refused", rt::Hex{number}, name_);
            if (!outcome.returned) {
                rt::log("  it ended as: {}", outcome.fault);
            }
        }
    }
    /// Nothing has happened since the last look.
    void look() {
        if (!EXPECT(attack::canaries_intact()) || !EXPECT(attack::is_process_as(before_))) {
            rt::log("by a call up to {} by {}", rt::Hex{last_}, name_);
        }
    }

    const char *name_;
    const char *at_;
    IsRefused is_refused_;
    attack::ProcessPicture before_{};
    Counts counts_{};
    uint64_t last_ = 0;
};

/// A Fault{syscall} of that number, as far as the kernel shows it: 32 bits. [linux signal.h v6.12]
bool is_syscall(const Outcome &outcome, uint64_t number, int code) {
    const rt::Fault &fault = outcome.fault;
    return fault.kind == FaultKind::syscall && fault.signal == 31 && fault.code == code &&
           fault.address == 0 && !fault.has_key && fault.number == static_cast<uint32_t>(number);
}

bool is_refused_64(const Outcome &outcome, uint64_t number) {
    return is_syscall(outcome, number, harness::code_of_refused_call());
}

/// A kernel may have the 32-bit ways in switched off: then the gate of int 0x80 is the kernel's
/// own. [linux idt.c v6.7]
bool is_refused_32(const Outcome &outcome, uint64_t number) {
    return is_refused_64(outcome, number) || outcome.fault.kind == FaultKind::protection;
}

/// Only Intel's processors have sysenter in 64-bit mode. [sdm-2 SYSENTER]
bool has_sysenter() {
    const auto vendor = rt::key::decoding::vendor_of(rt::key::cpuid(0));
    return __builtin_memcmp(vendor.text, "GenuineIntel", 12) == 0;
}

/// The kernel wants the sixth argument from the stack, and returns to where only 32-bit programs
/// have code. [linux entry_64_compat.S v6.12]
bool is_refused_sysenter(const Outcome &outcome, uint64_t number) {
    return is_refused_32(outcome, number) || outcome.fault.kind == FaultKind::execute;
}

bool is_undefined(const Outcome &outcome, uint64_t) {
    return outcome.fault.kind == FaultKind::illegal;
}

/// No call for dispatch: the kernel emulates the page, and the seccomp filter refuses that, or the
/// kernel does not have it. One that does refuses the arguments first. [linux vsyscall_64.c v6.12]
bool is_refused_vsyscall(const Outcome &outcome, uint64_t number) {
    constexpr int by_filter = 1;
    const FaultKind kind = outcome.fault.kind;
    return is_syscall(outcome, number, by_filter) || kind == FaultKind::execute ||
           kind == FaultKind::protection;
}

} // namespace

POSTERN_TEST("attack.syscall_everywhere.own_instruction", SHOWS(every_number_by_every_instruction),
             TRIES(attack_5, attack_13, attack_19, attack_24, attack_30, attack_31, attack_32,
                   attack_33, attack_35, attack_36, attack_41, attack_43, attack_45, attack_58,
                   attack_61, attack_67, attack_103, attack_104)) {
    Sweep("its own syscall", attack_syscall, is_refused_64).all_numbers();
}

POSTERN_TEST("attack.syscall_everywhere.runtimes_instruction",
             SHOWS(every_number_by_every_instruction),
             TRIES(attack_5, attack_32, attack_103, attack_104)) {
    const char *const at = attack::find_bytes(rt_sys_call, "\x0f\x05\xc3", 3);
    Sweep("the runtime's syscall", at, is_refused_64).all_numbers();
}

POSTERN_TEST("attack.syscall_everywhere.restorers_instruction",
             SHOWS(every_number_by_every_instruction), TRIES(attack_5)) {
    const char *const at = attack::find_bytes(__restore_rt, "\x0f\x05", 2);
    Sweep("the restorer's syscall", at, is_refused_64).all_numbers();
}

POSTERN_TEST("attack.syscall_everywhere.int80", SHOWS(every_number_by_every_instruction),
             TRIES(attack_22)) {
    Sweep("int 0x80", attack_int80, is_refused_32).all_numbers();
}

POSTERN_TEST("attack.syscall_everywhere.sysenter", SHOWS(every_number_by_every_instruction),
             TRIES(attack_22)) {
    if (has_sysenter()) {
        return harness::skip("this processor has it: attack.syscall_everywhere.sysenter_of_intel");
    }
    Sweep("sysenter", attack_sysenter, is_undefined).all_numbers();
}

POSTERN_TEST("attack.syscall_everywhere.sysenter_of_intel",
             SHOWS(every_number_by_every_instruction), TRIES(attack_22)) {
    if (!has_sysenter()) {
        return harness::skip("no sysenter in 64-bit mode: attack.syscall_everywhere.sysenter");
    }
    Sweep("sysenter", attack_sysenter, is_refused_sysenter).all_numbers();
}

POSTERN_TEST("attack.syscall_everywhere.vsyscall_page", SHOWS(every_number_by_every_instruction),
             TRIES(attack_23)) {
    constexpr uint64_t page = 0xffffffffff600000;
    constexpr uint64_t entries[] = {__NR_gettimeofday, __NR_time, __NR_getcpu};
    for (uint64_t entry = 0; entry < 3; ++entry) {
        const auto *at = reinterpret_cast<const char *>(page + 0x400 * entry);
        Sweep sweep("the vsyscall page", at, is_refused_vsyscall);
        sweep.number(entries[entry]);
        sweep.bare(entries[entry]);
    }
    rt::log("{} of {} calls refused", all.refused, all.tried);
}
