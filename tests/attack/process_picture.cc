/// The kernel's record of this process: everything that an attacker's system call could change
/// without changing a word of memory.
#include "tests/attack/process_picture.h"

#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/signal.h>
#include <linux/wait.h>

#include "rt/sys/call.h"
#include "rt/sys/file.h"
#include "rt/sys/log.h"
#include "tests/attack/alternate_stacks.h"

namespace attack {

namespace {

using rt::sys::call_raw;
using rt::sys::Descriptor;

constexpr const char *names[ProcessPicture::parts] = {
    "descriptors", "memory map", "signal set-up", "credentials and status", "limits",
    "timers",      "processes",  "priority",      "folder and machine"};

/// FNV-1a.
struct Sum {
    uint64_t value = 0xcbf29ce484222325;

    void add(const void *bytes, size_t count) {
        for (size_t i = 0; i < count; ++i) {
            value = (value ^ static_cast<const unsigned char *>(bytes)[i]) * 0x100000001b3;
        }
    }
    void add(long number) { add(&number, sizeof number); }
};

bool begins_with(const char *text, const char *start) {
    while (*start != '\0' && *text == *start) {
        ++text;
        ++start;
    }
    return *start == '\0';
}

/// Counters that go on by themselves. [proc_pid_status(5)]
bool is_restless(const char *line) {
    constexpr const char *heads[] = {"Vm", "Rss", "Huge", "SigQ", "voluntary", "nonvoluntary"};
    for (const char *head : heads) {
        if (begins_with(line, head)) {
            return true;
        }
    }
    return false;
}

/// A file of /proc, but for restless lines; the error where it cannot be read.
Sum sum_of_file(const char *path) {
    Sum sum;
    const auto file = rt::sys::open(path, rt::sys::Access::read);
    if (!file) {
        sum.add(static_cast<long>(file.error()));
        return sum;
    }
    char line[512] = {};
    size_t length = 0;
    char chunk[1024];
    for (;;) {
        const auto got = rt::sys::read(file.value(), chunk, sizeof chunk);
        if (!got || got.value() == 0) {
            break;
        }
        for (size_t i = 0; i < got.value(); ++i) {
            line[length] = chunk[i];
            length += length < sizeof line - 1 ? 1 : 0;
            if (chunk[i] == '\n') {
                if (!is_restless(line)) {
                    sum.add(line, length);
                }
                length = 0;
            }
        }
    }
    static_cast<void>(rt::sys::close(file.value()));
    return sum;
}

Sum descriptors() {
    constexpr long get_flags = 3, get_descriptor_flags = 1; // F_GETFL, F_GETFD
    constexpr long current = 1;                             // SEEK_CUR
    Sum sum;
    for (long number = 0; number < 256; ++number) {
        sum.add(call_raw(__NR_fcntl, number, get_descriptor_flags));
        sum.add(call_raw(__NR_fcntl, number, get_flags));
        sum.add(call_raw(__NR_lseek, number, 0, current));
    }
    return sum;
}

Sum signals() {
    struct {
        const void *handler;
        uint64_t flags;
        const void *restorer;
        uint64_t mask;
    } action;
    Sum sum;
    for (long signal = 1; signal <= 64; ++signal) {
        action = {};
        sum.add(call_raw(__NR_rt_sigaction, signal, 0, &action, sizeof action.mask));
        sum.add(&action, sizeof action);
    }
    uint64_t set = 0;
    call_raw(__NR_rt_sigprocmask, 0, 0, &set, sizeof set);
    sum.add(static_cast<long>(set));
    call_raw(__NR_rt_sigpending, &set, sizeof set);
    sum.add(static_cast<long>(set));
    stack_t stack{};
    call_raw(__NR_sigaltstack, 0, &stack);
    // Each fault arms the other one.
    const auto stacks = alternate_stacks();
    const auto begin = reinterpret_cast<uint64_t>(stack.ss_sp);
    sum.add(begin == stacks.begin() || begin == stacks.begin() + stack.ss_size);
    sum.add(static_cast<long>(stack.ss_size));
    sum.add(stack.ss_flags);
    return sum;
}

Sum timers() {
    Sum sum = sum_of_file("/proc/self/timers");
    for (long which = 0; which < 3; ++which) { // ITIMER_REAL, _VIRTUAL, _PROF
        uint64_t timer[4] = {};
        call_raw(__NR_getitimer, which, timer);
        sum.add(timer, sizeof timer);
    }
    return sum;
}

Sum processes() {
    Sum sum;
    constexpr long numbers[] = {__NR_getpid, __NR_gettid, __NR_getppid, __NR_getpgrp};
    for (const long number : numbers) {
        sum.add(call_raw(number));
    }
    sum.add(call_raw(__NR_getsid, 0));
    sum.add(call_raw(__NR_wait4, -1, 0, WNOHANG | __WALL)); // ECHILD
    return sum;
}

Sum priority() {
    Sum sum;
    sum.add(call_raw(__NR_getpriority, 0, 0));
    sum.add(call_raw(__NR_sched_getscheduler, 0));
    uint64_t processors[16] = {};
    sum.add(call_raw(__NR_sched_getaffinity, 0, sizeof processors, processors));
    sum.add(processors, sizeof processors);
    return sum;
}

Sum folder_and_machine() {
    char text[512] = {}; // struct utsname is 390 bytes
    Sum sum;
    call_raw(__NR_getcwd, text, sizeof text);
    sum.add(text, sizeof text);
    call_raw(__NR_uname, text);
    sum.add(text, sizeof text);
    return sum;
}

} // namespace

ProcessPicture take_picture() {
    return {{descriptors().value, sum_of_file("/proc/self/maps").value, signals().value,
             sum_of_file("/proc/self/status").value, sum_of_file("/proc/self/limits").value,
             timers().value, processes().value, priority().value, folder_and_machine().value}};
}

bool is_process_as(const ProcessPicture &before) {
    const ProcessPicture now = take_picture();
    bool good = true;
    for (size_t part = 0; part < ProcessPicture::parts; ++part) {
        if (now.sums[part] != before.sums[part]) {
            rt::sys::log("the process has changed: {}", names[part]);
            good = false;
        }
    }
    return good;
}

} // namespace attack
