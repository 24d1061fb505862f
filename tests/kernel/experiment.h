/// Experiments on the kernel: an act under a PKRU of choice, and what became of it.
#pragma once

#include "rt/rt.h"

#include "rt/base/region.h"
#include "rt/key/pkru.h"
#include "rt/sys/memory.h"
#include "rt/sys/signal.h"
#include "rt/trap/frame.h"
#include "tests/harness/harness.h"
#include "tests/kernel/notes.h"

extern "C" {
/// tests/kernel/acts.S, handlers.S.
void kernel_set_pkru(uint32_t pkru);
uint64_t kernel_strike(uint32_t pkru, const void *act, long a = 0, long b = 0, long c = 0,
                       long d = 0);
long kernel_clone(uint64_t flags, void *stack_end, void (*body)(uint32_t pkru));
extern const char kernel_act_nothing[], kernel_act_load[], kernel_act_store[], kernel_act_divide[],
    kernel_act_execute[], kernel_act_call[], kernel_act_syscall[], kernel_act_int80[],
    kernel_act_sysenter[], kernel_act_signal_on_stack[];
extern const char kernel_syscall_site[], kernel_syscall_behind[], kernel_int80_behind[];
extern const char kernel_strike_end[];
extern const char kernel_handler[], kernel_handler_naive[];
}

namespace kernel {

using rt::base::Region;
using rt::key::Pkey;
using rt::key::Pkru;
using rt::key::Rights;
using rt::sys::Protection;
using rt::sys::Signal;
using rt::trap::Frame;

/// The PKRU that the kernel gives a new program and every handler: key 0 open, all else closed.
inline constexpr uint32_t default_pkru = 0x55555554;

/// The default with other rights on one key more.
constexpr uint32_t pkru_with(int key, Rights rights, uint32_t pkru = default_pkru) {
    return Pkru::from_raw(pkru).with(Pkey::from_raw(static_cast<unsigned>(key)), rights).raw();
}

/// Fresh anonymous memory with a protection and a key, its first page present.
Region map(size_t bytes, Protection protection = Protection::read_write, int key = 0);

/// A key that was free, with no rights but those that kernel_set_pkru gives.
int take_key();

/// Sets an alternate stack of the given key for this thread.
Region alternate_stack(int key);

/// Points `signal` to a handler of handlers.S, which runs on the alternate stack if one is set
/// and blocks every signal: what goes wrong inside a handler or its rt_sigreturn is death.
void catch_signal(Signal signal, const void *entry = kernel_handler);

/// How the next handlers end: the PKRU of their rt_sigreturn, and what they do to their frame
/// before. A handler of a synchronous signal but SIGSYS goes on at kernel_strike_end.
struct Ways {
    uint32_t return_pkru = 0;
    void (*edit)(Frame &frame) = nullptr;
};
void set_ways(Ways ways);

/// Sends a signal to this thread under a PKRU of choice.
void strike_with_signal(uint32_t pkru, Signal signal);

/// Another thread of this process, which runs `body` on a stack of its own on key 0; waits for the
/// body's end. Death of the thread is death of the process.
void run_thread(void (*body)(uint32_t first_pkru));

/// A forked child of a child: its exit status, or 128 and the signal that ended it.
int run_fork(void (*body)());

/// The processor state in a frame. [sdm-1 13.4]
unsigned char *xsave_area(const Frame &frame);
uint64_t &xstate_bv(const Frame &frame);
uint32_t &pkru_word(const Frame &frame);
constexpr uint64_t pkru_bit = uint64_t{1} << 9;

/// Clears the notes, runs `body` in a child process, and fails the case if it does not end with
/// exit status 0; prints what it said then.
void expect_child(void (*body)());

/// The same for what may end otherwise.
harness::ChildEnd run_child(void (*body)());

/// Whether a child's end is death by this signal in its first act and nothing else.
bool expect_death(const harness::ChildEnd &end, Signal signal);

/// A condition inside a child: says what failed and ends it.
void child_expect(bool good, const char *what, const char *file, int line);
void child_expect_equal(uint64_t seen, uint64_t wanted, const char *what, const char *file,
                        int line);

} // namespace kernel

#define CHILD_EXPECT(condition) kernel::child_expect((condition), #condition, __FILE__, __LINE__)
#define CHILD_EQUAL(seen, wanted)                                                                  \
    kernel::child_expect_equal(static_cast<uint64_t>(seen), static_cast<uint64_t>(wanted), #seen,  \
                               __FILE__, __LINE__)
