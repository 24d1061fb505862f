/// Calls and services watched register by register (gate/registers.S).
#pragma once

#include <stdint.h>

extern "C" {
/// The registers that a watched call changed: one bit each, in the order of the list in
/// registers.S.
struct TestWatched {
    uint64_t changed;
    uint64_t other;
};

/// In the monitor: fills rbx, rbp, r12-r15, calls `function` in the domain with key 2 through its
/// untrusted or its trusted gate, and compares. `other`: 1 + the
/// kind of the fault when the domain faulted.
TestWatched test_watch_call(const void *function);
TestWatched test_watch_call_trusted(const void *function);

/// In a domain: overwrites every register but rsp and yields 1.
uint64_t test_overwrite();
/// The same, and then an invalid opcode.
uint64_t test_overwrite_and_fault();

/// In a domain: fills rbx, rbp, r12-r15, asks for service `number` and compares: bits 0 to 5. Of
/// the other registers, bit 15 down to 8: rdi, rsi, r8, r9, rcx, rdx are not zero; r10 is not the
/// domain's rsp, r11 not the result.
uint64_t test_watch_service(uint64_t number, uint64_t argument);

/// In a domain: asks for service `number` with rsp = stack, without touching memory there.
uint64_t test_serve_on(uint64_t number, uint64_t argument, uint64_t stack);

/// In a domain: asks for service `number` with rsp = stack and that as its argument; the answer
/// plus one. When the service calls it again with the same, no level takes any of the domain's
/// stack.
uint64_t test_nest(uint64_t number, uint64_t stack);

/// In a domain: rsp as the function finds it.
uint64_t test_stack_pointer();

/// In a domain: a bool of the value 2, which no C++ function returns.
bool test_two();
}
