/// The C half of the locked monitor's shape: look-ups, bounds and a lock around each way.
#include <stddef.h>
#include <stdint.h>

#include "bench/gate/gates.h"
#include "bench/payload/guest.h"
#include "rt/base/panic.h"
#include "rt/base/slot.h"

namespace bench {

namespace {

/// A function that may be called, and its stack.
struct Descriptor {
    uint64_t (*function)();
    unsigned domain;
    size_t stack_bytes;
};
constexpr Descriptor table[] = {{guest::nothing, rt::key_of(Domain::untrusted).raw(), 65536}};

/// One open call.
struct Frame {
    uint64_t caller_stack;
    uint64_t callee_stack;
    const Descriptor *callee;
};
constexpr size_t depth_limit = 64;
constinit Frame frames[depth_limit]{};
constinit size_t depth = 0;
constinit bool is_locked = false;

void lock() {
    while (__atomic_test_and_set(&is_locked, __ATOMIC_ACQUIRE)) {
        __builtin_ia32_pause();
    }
}

void unlock() {
    __atomic_clear(&is_locked, __ATOMIC_RELEASE);
}

} // namespace

struct Entered {
    uint64_t (*function)();
    uint64_t stack;
};

extern "C" Entered bench_shape_monitor_enter(uint64_t number, uint64_t caller_stack) {
    lock();
    if (number >= sizeof table / sizeof table[0] || depth == depth_limit) {
        rt::base::panic("the locked monitor: no such entry, or too deep");
    }
    const Descriptor &callee = table[number];
    const uint64_t top = rt::base::slot().stack[callee.domain];
    const uint64_t stack = top - 128;
    if (stack < top - callee.stack_bytes || stack % 16 != 0) {
        rt::base::panic("the locked monitor: the callee's stack is used up");
    }
    frames[depth++] = {caller_stack, stack, &callee};
    unlock();
    return {callee.function, stack};
}

extern "C" uint64_t bench_shape_monitor_leave(uint64_t stack) {
    lock();
    if (depth == 0 || frames[depth - 1].callee_stack != stack) {
        rt::base::panic("the locked monitor: a return that belongs to no call");
    }
    const uint64_t caller_stack = frames[--depth].caller_stack;
    unlock();
    return caller_stack;
}

} // namespace bench
