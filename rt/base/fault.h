/// The record of what a domain did wrong.
#pragma once

#include <stdint.h>

namespace rt {
/// The app's domains; rt/entry/domains.h has the names. The value of an enumerator is an index, from
/// 1 on in the order of declaration, data domains last. It is no protection key: rt/key/domain.h
/// has that.
enum class Domain : uint8_t;

/// The monitor, where a domain could be meant.
inline constexpr Domain no_domain{};
} // namespace rt

namespace rt::base {

enum class FaultKind : uint8_t {
    read,       // memory access refused by a protection key, or nothing mapped there
    write,      //
    execute,    // instruction fetch from memory that is not executable
    alignment,  // SIGBUS: misaligned access with AC set, or memory that the kernel cannot supply
    divide,     // SIGFPE: integer division, or an unmasked floating-point exception
    illegal,    // SIGILL: no such instruction
    protection, // SIGSEGV without an address: a privileged instruction, a non-canonical address
    breakpoint, // SIGTRAP: int3, single step
    syscall,    // the domain executed a system call instruction
    service,    // the domain asked for a service that does not exist or is not for it
    cross_call, // the same for a cross call
    nesting,    // the domain asked for either when the monitor's stack was nearly used up
    gate,       // the domain jumped into a gate, a window or the trap entry
    deadline,   // the call did not end in time
    resting,    // the domain was not run: it faults too often, and has a rest (rt/life/policy.h)
    gone,       // the domain was not run: it is given up, or a restart of it has failed
    absent,     // the domain called a function that it does not have: a refused stub
    overrun,    // a check of the compiler's or of the C library found an overrun
    ended,      // the domain ended itself: abort, exit
    assertion,  // an assertion of the domain's failed
    died,       // the process of the domain's address space ended (rt/space), or could not be made
    forged,     // that process said what no domain can have done
};

/// As the kernel gave them in the signal frame; zero if the trap has no such value.
struct FaultInfo {
    uint64_t cr2; // faulting linear address
    uint64_t
        error_code; // [sdm-3 4.7] page-fault error code: bit 0 present, 1 write, 4 fetch, 5 key
    uint64_t trap_number; // [sdm-3 6.3.1]: 0 divide error, 3 breakpoint, 6 invalid opcode, 13 #GP,
                          // 14 #PF
};

/// The general registers at the fault, in the order of the kernel's sigcontext.
struct Registers {
    uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp;
    uint64_t rip, rflags;
};

/// Only what the processor measured can be believed. The registers hold whatever the domain put
/// there.
struct Fault {
    FaultKind kind;
    Domain domain;         // whose code was to run
    uint8_t signal;        // as the kernel numbers them; 0 when no signal was involved
    bool has_key;          // `key` is meaningful: the access was refused by a protection key
    uint8_t key;           // the key of the page
    int32_t code;          // si_code; when a request was refused, its number is in `number`
    uint32_t pkru;         // the interrupted PKRU as the frame shows it; 0 without keys
    uint64_t address;      // accessed, or of reason(); zero where there is neither
    uint64_t number;       // of the system call, service or cross call; of `died`, an errno
    uint64_t arguments[6]; // of the same
    FaultInfo info;
    Registers registers; // of a refused request rsp, rbp and rbx, as they were at the gate

    /// Whether the domain has read or written the guard below its own stack: its local variables
    /// and calls need more than STACK in postern_add_app. `address` alone decides, so a domain can
    /// cause this answer on purpose. Defined in rt/domain/fault_text.cc, which knows the regions.
    bool is_stack_overflow() const;

    /// Of `absent`, `overrun`, `ended` and `assertion`: a text of the image's constants, for example
    /// "fopen: not in this domain". Otherwise nullptr. The domain chooses it, out of what its code
    /// and constants hold.
    const char *reason() const {
        const bool has_one = kind >= FaultKind::absent && kind <= FaultKind::assertion;
        return has_one ? reinterpret_cast<const char *>(address) : nullptr;
    }
};

static_assert(__is_trivially_copyable(Fault));

/// Ends the program with the line of the fault that ended a call, and the place that asked for the
/// call's value. Defined in rt/domain/fault_text.cc.
[[noreturn]] void refuse_value(const Fault &fault);

/// The noun for a fault kind, for example "division by zero".
const char *text_of(FaultKind kind);

} // namespace rt::base
