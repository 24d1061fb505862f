/// The notes of a core file: registers, signal and program, as debuggers read them.
#include "rt/life/core_notes.h"

#include <asm/ptrace.h>
#include <linux/audit.h>
#include <linux/elf.h>
#include <linux/signal.h>

#include "rt/base/bytes.h"
#include "rt/base/fault_text.h"
#include "rt/sys/process.h"
#include "rt/sys/signal.h"

namespace rt::life {

namespace {

// The kernel's headers for programs have the numbers of notes, and not these structs. All bytes are
// named, so that no padding brings a byte of the monitor's along.

/// NT_PRSTATUS: struct elf_prstatus.
struct Status {
    int32_t signal, code, error;
    int16_t current_signal, unused;
    uint64_t pending, held;
    int32_t process, parent, group, session;
    uint64_t times[8];
    pt_regs registers;
    uint64_t fs_base, gs_base, ds, es, fs, gs;
    int32_t has_floating_point, unused_at_end;
};
static_assert(sizeof(Status) == 336 && offsetof(Status, registers) == 112);

/// NT_SIGINFO: siginfo_t. What follows `address` is of SIGSYS alone; then comes the key of SIGSEGV.
struct Signal {
    int32_t signal, error, code, unused;
    uint64_t address;
    int32_t call;
    uint32_t architecture, key;
    uint32_t unused_at_end[23];
};
static_assert(sizeof(Signal) == sizeof(siginfo_t) &&
              offsetof(Signal, address) == offsetof(siginfo_t, si_addr) &&
              offsetof(Signal, key) == offsetof(siginfo_t, si_pkey) &&
              offsetof(Signal, call) == offsetof(siginfo_t, si_syscall) &&
              offsetof(Signal, architecture) == offsetof(siginfo_t, si_arch));

/// NT_PRPSINFO: struct elf_prpsinfo.
struct Program {
    char state, state_letter, is_zombie, nice;
    uint32_t unused;
    uint64_t flags;
    uint32_t user, group;
    int32_t process, parent, process_group, session;
    char name[16];
    char command_line[80];
};
static_assert(sizeof(Program) == 136 && offsetof(Program, name) == 40);

constexpr uint16_t user_code = 0x33, user_data = 0x2b; // [linux segment.h v6.12]

pt_regs registers_of(const base::Registers &saved) {
    pt_regs all{};
    all.r15 = saved.r15;
    all.r14 = saved.r14;
    all.r13 = saved.r13;
    all.r12 = saved.r12;
    all.rbp = saved.rbp;
    all.rbx = saved.rbx;
    all.r11 = saved.r11;
    all.r10 = saved.r10;
    all.r9 = saved.r9;
    all.r8 = saved.r8;
    all.rax = saved.rax;
    all.rcx = saved.rcx;
    all.rdx = saved.rdx;
    all.rsi = saved.rsi;
    all.rdi = saved.rdi;
    all.orig_rax = ~0ul; // no system call is to be made again
    all.rip = saved.rip;
    all.cs = user_code;
    all.eflags = saved.rflags;
    all.rsp = saved.rsp;
    all.ss = user_data;
    return all;
}

Status status_of(const base::Fault &fault) {
    Status status{};
    status.signal = status.current_signal = fault.signal;
    status.code = fault.code;
    status.process = sys::getpid();
    status.registers = registers_of(fault.registers);
    return status;
}

Signal signal_of(const base::Fault &fault) {
    Signal signal{};
    signal.signal = fault.signal;
    signal.code = fault.code;
    signal.address = fault.reason() == nullptr ? fault.address : fault.registers.rip;
    signal.key = fault.key;
    if (fault.kind == base::FaultKind::syscall) {
        signal.address = fault.registers.rip;
        signal.call = static_cast<int32_t>(fault.number);
        signal.architecture = AUDIT_ARCH_X86_64;
    }
    return signal;
}

/// The line of the fault is where the command line is elsewhere: debuggers print it first.
Program program_of(const sys::ProgramName &name, const base::Fault &fault) {
    Program program{};
    static_assert(sizeof program.name == sizeof name.text);
    __builtin_memcpy(program.name, name.text, sizeof name.text);
    program.process = sys::getpid();
    base::Line line;
    append_to(line, fault);
    const size_t room = sizeof program.command_line - 1;
    __builtin_memcpy(program.command_line, line.text(), line.bytes() < room ? line.bytes() : room);
    return program;
}

/// A note, and where the next one begins.
template <class T>
unsigned char *put(unsigned char *to, uint32_t type, const T &value) {
    struct Head {
        Elf64_Nhdr note;
        char name[8];
    };
    static_assert(base::is_whole<Head> && base::is_whole<T> && sizeof(T) % 4 == 0);
    const Head head{{sizeof "CORE", sizeof value, type}, "CORE"};
    __builtin_memcpy(to, &head, sizeof head);
    __builtin_memcpy(to + sizeof head, &value, sizeof value);
    return to + sizeof head + sizeof value;
}

} // namespace

size_t put_notes(unsigned char *to, const base::Fault &fault) {
    unsigned char *end = put(to, NT_PRSTATUS, status_of(fault));
    // gdb compares the name with the image's.
    const sys::ProgramName name = sys::program_name();
    if (name.text[0] != '\0') {
        end = put(end, NT_PRPSINFO, program_of(name, fault));
    }
    if (fault.signal != 0) {
        end = put(end, NT_SIGINFO, signal_of(fault));
    }
    return static_cast<size_t>(end - to);
}

} // namespace rt::life
