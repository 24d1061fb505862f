/// A child of the test's own, stopped by a breakpoint register wherever a signal shall come.
#include "tests/rt/signal/traced.h"

#include <asm/unistd.h>
#include <linux/ptrace.h>
#include <linux/signal.h>
#include <linux/time_types.h>

#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace traced {

using rt::sys::call_raw;

namespace {

constexpr rt::Signal round_is_over = rt::Signal::hangup;
constexpr auto is_over = static_cast<int>(round_is_over);
// Places in struct user. [linux user_64.h]
constexpr size_t debug_registers = 848;
constexpr size_t instruction_pointer = 128;

/// A forked child's calls are not dispatched any more: from here on they are again.
void begin(void (*work)()) {
    static_cast<void>(
        rt::sys::arm_dispatch(reinterpret_cast<const volatile char *>(&rt::base::slot().selector)));
    call_raw(__NR_ptrace, PTRACE_TRACEME);
    work();
    rt::sys::exit(1);
}

} // namespace

void end_round() {
    static_cast<void>(rt::sys::raise(round_is_over));
}

Child::Child(void (*work)()) : child_(call_raw(__NR_clone, rt::Signal::child)) {
    if (child_ == 0) {
        begin(work);
    }
    int signal = wait();
    while (lives_ && signal != is_over) {
        signal = resume(signal);
    }
}

Child::~Child() {
    call_raw(__NR_kill, child_, rt::Signal::kill);
    int status = 0;
    call_raw(__NR_wait4, child_, &status);
}

unsigned Child::interrupt(const char *first, unsigned times_before, const char *second) {
    const char *const places[] = {first, second, nullptr};
    unsigned met = 0;
    stop_at(first);
    int signal = resume(0);
    while (lives_ && signal != is_over) {
        const bool is_there = is_breakpoint(signal) && is_at(places[met]);
        if (is_there && times_before != 0) {
            --times_before;
            signal = resume(0); // the kernel lets this breakpoint pass once
        } else if (is_there) {
            stop_at(places[++met]);
            signal = resume(static_cast<int>(rt::Signal::user1));
        } else {
            signal = resume(signal); // the child's own fault
        }
    }
    stop_at(nullptr);
    return met;
}

unsigned Child::comes_to(const char *first) {
    constexpr unsigned all = 0xf;
    unsigned met = 0;
    stop_at_four(first, all);
    int signal = resume(0);
    while (lives_ && signal != is_over) {
        const uint64_t distance = place() - reinterpret_cast<uint64_t>(first);
        const bool is_there = is_breakpoint(signal) && distance < 4 && (met >> distance & 1) == 0;
        if (is_there) {
            met |= 1u << distance;
            stop_at_four(first, all & ~met);
        }
        signal = resume(is_there ? 0 : signal);
    }
    stop_at(nullptr);
    return met;
}

bool Child::hold(const char *place, uint64_t nanoseconds) {
    bool was_there = false;
    stop_at(place);
    int signal = resume(0);
    while (lives_ && signal != is_over) {
        if (!was_there && is_breakpoint(signal) && is_at(place)) {
            was_there = true;
            const __kernel_timespec time{0, static_cast<long>(nanoseconds)};
            call_raw(__NR_nanosleep, &time, 0);
            stop_at(nullptr);
            signal = resume(0);
        } else {
            signal = resume(signal); // the child's own
        }
    }
    stop_at(nullptr);
    return was_there;
}

void Child::watch(rt::Signal signal, void (*show)(const char *place)) {
    int came = resume(0);
    while (lives_ && came != is_over) {
        if (came == static_cast<int>(signal)) {
            show(reinterpret_cast<const char *>(place()));
        }
        came = resume(came);
    }
}

/// [sdm-3 17.2.4]: breakpoint 0, on execution, local.
void Child::stop_at(const char *place) {
    set_debug_register(7, 0);
    if (place != nullptr) {
        set_debug_register(0, reinterpret_cast<uint64_t>(place));
        set_debug_register(7, 1);
    }
}

/// The same with breakpoints 0 to 3, of which `which` are on.
void Child::stop_at_four(const char *first, unsigned which) {
    set_debug_register(7, 0);
    uint64_t enabled = 0;
    for (unsigned number = 0; number != 4; ++number) {
        set_debug_register(number, reinterpret_cast<uint64_t>(first) + number);
        enabled |= static_cast<uint64_t>(which >> number & 1) << 2 * number;
    }
    set_debug_register(7, enabled);
}

void Child::set_debug_register(size_t number, uint64_t value) {
    call_raw(__NR_ptrace, PTRACE_POKEUSR, child_, debug_registers + 8 * number, value);
}

uint64_t Child::place() {
    uint64_t rip = 0;
    call_raw(__NR_ptrace, PTRACE_PEEKUSR, child_, instruction_pointer, &rip);
    return rip;
}

bool Child::is_at(const char *wanted) {
    return wanted != nullptr && place() == reinterpret_cast<uint64_t>(wanted);
}

/// Whether a breakpoint register stopped the child, not a trap of its own. After an int3 of its own
/// the child is at the next instruction, too.
bool Child::is_breakpoint(int signal) {
    siginfo_t info{};
    call_raw(__NR_ptrace, PTRACE_GETSIGINFO, child_, 0, &info);
    return signal == static_cast<int>(rt::Signal::trap) && info.si_code == TRAP_HWBKPT;
}

int Child::resume(int signal) {
    call_raw(__NR_ptrace, PTRACE_CONT, child_, 0, signal == is_over ? 0 : signal);
    return wait();
}

/// The signal that stopped the child.
int Child::wait() {
    int status = 0;
    call_raw(__NR_wait4, child_, &status);
    lives_ = (status & 0xff) == 0x7f;
    if (!lives_) {
        rt::log("the traced child has ended, status {}", rt::Hex{static_cast<uint64_t>(status)});
    }
    return status >> 8 & 0xff;
}

} // namespace traced
