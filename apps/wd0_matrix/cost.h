/// What a program could lose while faults are handed back: memory, and its place on the stack.
#pragma once

#include "rt/rt.h"

struct Cost {
    uint64_t resident_kib; // 0 where it cannot be read
    uint64_t stack_pointer;
};

/// The sum over all mappings, as /proc/self/smaps_rollup gives it, in KiB. (/proc/self/statm lags
/// up to 64 pages behind: the kernel counts in batches per thread or processor.) [proc(5)]
uint64_t resident_kib();

/// What this moment costs. Inlined, so that the stack pointer is the caller's own.
[[gnu::always_inline]] inline Cost cost_now() {
    uint64_t stack_pointer;
    asm volatile("movq %%rsp, %0" : "=r"(stack_pointer));
    return {resident_kib(), stack_pointer};
}
