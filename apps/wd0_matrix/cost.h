/// Resources that a program could lose when faults are handed back: memory and stack.
#pragma once

#include "rt/rt.h"

struct Cost {
    uint64_t resident_kib; // 0 if it cannot be read
    uint64_t stack_pointer;
};

/// The sum over all mappings in KiB, from /proc/self/smaps_rollup. (/proc/self/statm may be 64
/// pages late: the kernel counts in batches for each thread or processor.) [proc(5)]
uint64_t resident_kib();

/// The present use of memory and stack. Inlined, so that the stack pointer is the caller's own.
[[gnu::always_inline]] inline Cost cost_now() {
    uint64_t stack_pointer;
    asm volatile("movq %%rsp, %0" : "=r"(stack_pointer));
    return {resident_kib(), stack_pointer};
}
