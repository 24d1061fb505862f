/// Another thread that changes a domain's memory while the monitor copies it.
#include "tests/rt/uaccess/racer.h"

#include <asm/unistd.h>
#include <linux/sched.h>

#include "rt/base/slot.h"
#include "rt/sys/call.h"

/// rt/sys/call.S: the one that needs no slot.
extern "C" long rt_sys_call_early(long a0, long a1, long a2, long a3, long a4, long a5,
                                  long number);

namespace racer {

namespace {

constexpr size_t stack_words = 2048;

alignas(16) constinit uint64_t stack[stack_words] = {};
constinit Change change = nullptr;
constinit volatile uint64_t made = 0;
constinit volatile bool stopped = false;
constinit volatile int thread = 0; // the kernel makes it 0 at the end
constinit long call_word = 0;      // the filter of kernels without dispatch demands it here, too

/// Between two rounds the thread sleeps: where there is one processor, it comes back while the
/// monitor is anywhere in a copy, and not only where that gives way.
constexpr uint64_t pause[2] = {0, 20'000}; // seconds, nanoseconds

/// The thread's first function: the system call that begins it returns here.
[[noreturn]] void begin() {
    while (!stopped) {
        change(made);
        made = made + 1;
        system_call(__NR_nanosleep, reinterpret_cast<uint64_t>(pause));
    }
    system_call(__NR_exit);
    __builtin_trap();
}

} // namespace

void start(Change wanted) {
    change = wanted;
    call_word = static_cast<long>(rt::base::slot().call_word);
    made = 0;
    stopped = false;
    thread = 0;
    uint64_t *top = stack + stack_words - 2;
    *top = reinterpret_cast<uint64_t>(&begin);
    constexpr long flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
                           CLONE_SYSVSEM | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
    rt::user_access_begin(Domain::alice);
    const long answer = rt::sys::call_raw(__NR_clone, flags, top, &thread, &thread);
    rt::user_access_end();
    if (answer < 0) {
        rt::panic("tests/rt/uaccess/racer.cc: no thread: error {}", -answer);
    }
}

uint64_t rounds() {
    return made;
}

void stop() {
    stopped = true;
    while (thread != 0) {
        rt::sys::call_raw(__NR_sched_yield);
    }
}

long system_call(long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e) {
    const auto word = [](uint64_t value) { return static_cast<long>(value); };
    return rt_sys_call_early(word(a), word(b), word(c), word(d), word(e), call_word, number);
}

} // namespace racer
