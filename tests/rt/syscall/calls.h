/// A domain that makes system calls of its own.
#pragma once

#include <stdint.h>

#include "rt/rt.h"

extern "C" {
/// In a domain: system call words[0] with arguments words[1] to words[6] by `syscall`; its answer.
uint64_t test_make_call(rt::Claimed words);

/// In a domain: system call `first`, then `second`, both without arguments; the second's answer.
uint64_t test_make_two_calls(uint64_t first, uint64_t second);

/// In a domain: fills every register that a system call leaves alone, makes system call `number`
/// without arguments and compares: bits 0 to 5 rbx, rbp, r12 to r15; 6 to 11 rdi, rsi, rdx, r10,
/// r8, r9; 12 and 13 xmm0 and xmm15; 14 mxcsr; 15 rsp; 16 rcx is neither the address behind the
/// instruction nor as it was; 17 the red zone. The answer goes to *answer.
uint64_t test_watch_call(uint64_t number, rt::Claimed answer);

/// In a domain: system call `number` with rsp = stack; does not come back where the call is
/// refused.
uint64_t test_call_on(uint64_t number, uint64_t stack);

/// In a domain: the same call by `int $0x80`.
uint64_t test_call_32(uint64_t number);

/// In a domain: the same call by a jump to the runtime's own instruction.
uint64_t test_call_by_runtime(uint64_t number);
}
