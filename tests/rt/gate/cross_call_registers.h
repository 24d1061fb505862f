/// A cross call watched register by register, and one on a stack of the caller's choice.
#pragma once

#include <stdint.h>

extern "C" {
/// In a domain: fills rbx, rbp, r12-r15, makes cross call `number` and compares: bits 0 to 5. Of
/// the other registers, bits 8 to 14: rdi, rsi, r8, rcx are not zero; r9 is not rdx, r10 not the
/// domain's rsp, r11 not the result.
uint64_t test_watch_cross_call(uint64_t number, uint64_t argument);

/// In a domain: rsp as the function finds it.
uint64_t test_own_stack();

/// In a domain: makes cross call `number` with the argument 2 and with rsp = stack, without
/// touching memory there.
uint64_t test_cross_on(uint64_t number, uint64_t stack);

/// In a domain: makes cross call `number` with rsp = stack and, as arguments, `back`, number,
/// other_stack, stack; 256 more than the result, or the kind of the fault. When the cross call
/// leads to this function, it goes to and fro between the two domains without end and uses no space
/// of their stacks.
uint64_t test_endless_cross_call(uint64_t number, uint64_t back, uint64_t stack,
                                 uint64_t other_stack);
}
