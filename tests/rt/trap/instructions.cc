/// Instructions that a domain must not execute, each with its whole fault.
#include "tests/harness/refused_call.h"
#include "tests/rt/trap/whole.h"

extern "C" const char rt_sys_behind_syscall[];

namespace {

using whole::address_of;
using whole::registers_at;
using Kind = rt::FaultKind;

POSTERN_DATA(alice) uint64_t alice_word = 0x61;

constexpr uint64_t divide_error = 0, debug = 1, breakpoint = 3, invalid_opcode = 6, protection = 13,
                   x87_error = 16;
constexpr int by_kernel = 0x80; // SI_KERNEL

uint64_t number_of(const char *label) {
    return reinterpret_cast<uint64_t>(label);
}

/// A fault of alice's at `rip` without an address in memory, after a call with argument 1.
whole::Whole at(const char *rip, Kind kind, int signal, int code, uint64_t trap) {
    return {{.kind = kind, .domain = Domain::alice, .signal = signal, .code = code, .address = 0},
            {.cr2 = 0, .error_code = 0, .trap_number = trap},
            registers_at(rip, 1, Domain::alice)};
}

/// Calls `entry` once without and once with the order to fire, and compares the fault.
template <auto function>
void deny(whole::Whole wanted, const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    constexpr rt::Entry<Domain::alice, function> entry;
    const auto held = rt::call<Domain::alice>(entry, 0ul);
    harness::expect_equal(held.value_or(0), 1, "the same function without the instruction", file,
                          line);
    const auto fired = rt::call<Domain::alice>(entry, 1ul);
    if (harness::expect(!fired, "the instruction is refused", file, line)) {
        whole::expect(fired.fault(), wanted, file, line);
    }
}

/// Whether `syscall` leaves rcx and r11 alone: it does where the kernel uses FRED, and puts rip and
/// rflags there elsewhere. CPUID tells what the processor has, and not what the kernel uses; one
/// call of the monitor's tells. [linux sysret_rip.c v6.12]
bool syscall_keeps_registers() {
    constexpr uint64_t before = TEST_FILLED + 14;
    const uint64_t rcx = test_rcx_behind_syscall();
    EXPECT(rcx == before || rcx == number_of(rt_sys_behind_syscall));
    return rcx == before;
}

/// The fault of a 32-bit division.
whole::Whole division(int32_t divisor, int32_t dividend) {
    auto wanted = at(test_divide_at, Kind::divide, 8, 1, divide_error);
    wanted.fault.address = number_of(test_divide_at);
    wanted.registers.rdi = static_cast<uint64_t>(divisor);
    wanted.registers.rsi = static_cast<uint64_t>(dividend);
    wanted.registers.rax = static_cast<uint32_t>(dividend);
    wanted.registers.rdx = dividend < 0 ? 0xffffffff : 0;
    return wanted;
}

void deny_division(int32_t divisor, int32_t dividend) {
    constexpr rt::Entry<Domain::alice, test_divide> divide;
    const auto allowed = rt::call<Domain::alice>(divide, 2ul, 14ul);
    EXPECT_EQUAL(allowed.value_or(0), 7);
    const auto denied = rt::call<Domain::alice>(divide, static_cast<uint64_t>(divisor),
                                                static_cast<uint64_t>(dividend));
    EXPECT(!denied) && whole::expect(denied.fault(), division(divisor, dividend));
}

} // namespace

POSTERN_TEST("deny.fault.division_by_zero", SHOWS(fault_kinds_are_whole)) {
    deny_division(0, 5);
}

POSTERN_TEST("deny.fault.division_overflow", SHOWS(fault_kinds_are_whole)) {
    deny_division(-1, -0x7fffffff - 1);
}

POSTERN_TEST("deny.fault.x87_division_by_zero", SHOWS(fault_kinds_are_whole)) {
    auto wanted = at(test_float_at, Kind::divide, 8, 3, x87_error);
    wanted.fault.address = number_of(test_float_at);
    deny<test_float>(wanted);
}

POSTERN_TEST("deny.fault.invalid_opcode", SHOWS(fault_kinds_are_whole)) {
    auto wanted = at(test_ud2_at, Kind::illegal, 4, 2, invalid_opcode);
    wanted.fault.address = number_of(test_ud2_at);
    deny<test_ud2>(wanted);
}

POSTERN_TEST("deny.fault.breakpoint", SHOWS(fault_kinds_are_whole)) {
    deny<test_int3>(at(test_int3_at, Kind::breakpoint, 5, by_kernel, breakpoint));
}

POSTERN_TEST("deny.fault.single_step", SHOWS(fault_kinds_are_whole)) {
    auto wanted = at(test_step_at, Kind::breakpoint, 5, 2, debug);
    wanted.registers.rflags = 0x100; // TF, as the domain set it
    deny<test_step>(wanted);
    // The flag does not come back: calls and returns go on as if it had never been set.
    constexpr rt::Entry<Domain::alice, test_step> step;
    EXPECT_EQUAL(rt::call<Domain::alice>(step, 0ul).value_or(0), 1);
}

POSTERN_TEST("deny.fault.privileged_instruction", SHOWS(fault_kinds_are_whole)) {
    deny<test_hlt>(at(test_hlt_at, Kind::protection, 11, by_kernel, protection));
    deny<test_cli>(at(test_cli_at, Kind::protection, 11, by_kernel, protection));
}

POSTERN_TEST("deny.fault.non_canonical_address", SHOWS(fault_kinds_are_whole)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(whole::read, address_of(alice_word)).value_or(0), 0x61);
    const uint64_t addresses[] = {0x800000000000, 0x8000000000000000, 0xffff7fffffffffff};
    for (const uint64_t address : addresses) {
        auto wanted = at(test_read_at, Kind::protection, 11, by_kernel, protection);
        wanted.registers.rdi = address;
        const auto read = rt::call<Domain::alice>(whole::read, address);
        EXPECT(!read) && whole::expect(read.fault(), wanted);
        wanted.registers.rip = number_of(test_write_at);
        const auto written = rt::call<Domain::alice>(whole::write, address);
        EXPECT(!written) && whole::expect(written.fault(), wanted);
    }
}

POSTERN_TEST("deny.fault.system_call", SHOWS(domain_makes_no_system_call)) {
    constexpr uint64_t number = 0x123;
    auto wanted = at(test_syscall_at, Kind::syscall, 31, harness::code_of_refused_call(), 0);
    wanted.registers.rax = number;
    const bool keeps = syscall_keeps_registers();
    if (!keeps) {
        wanted.registers.rcx = wanted.registers.rip; // [sdm-2 SYSCALL]
    }
    constexpr rt::Entry<Domain::alice, test_syscall> entry;
    EXPECT_EQUAL(rt::call<Domain::alice>(entry, 0ul).value_or(0), 1);
    const auto denied = rt::call<Domain::alice>(entry, 1ul);
    if (!EXPECT(!denied)) {
        return;
    }
    const rt::Fault &fault = denied.fault();
    if (!keeps) {
        EXPECT_EQUAL(fault.registers.r11 & 0x202, 0x202); // rflags
        wanted.registers.r11 = fault.registers.r11;
    }
    whole::expect(fault, wanted);
    EXPECT_EQUAL(fault.number, number);
    const auto &r = wanted.registers;
    const uint64_t arguments[] = {r.rdi, r.rsi, r.rdx, r.r10, r.r8, r.r9};
    for (size_t i = 0; i < 6; ++i) {
        EXPECT_EQUAL(fault.arguments[i], arguments[i]);
    }
}

POSTERN_TEST("deny.fault.system_call_of_32_bit", SHOWS(domain_makes_no_system_call)) {
    auto wanted = at(test_int80_at, Kind::syscall, 31, harness::code_of_refused_call(), 0);
    wanted.registers.rax = 0x123;
    constexpr rt::Entry<Domain::alice, test_int80> entry;
    EXPECT_EQUAL(rt::call<Domain::alice>(entry, 0ul).value_or(0), 1);
    const auto denied = rt::call<Domain::alice>(entry, 1ul);
    if (EXPECT(!denied) && denied.fault().kind == Kind::protection) {
        harness::skip("this kernel has no 32-bit system calls");
        return;
    }
    whole::expect(denied.fault(), wanted);
    EXPECT_EQUAL(denied.fault().number, 0x123);
}
