/// Handlers and alternate stack of a thread.
#include "rt/trap/install.h"

#include <asm/hwcap2.h>
#include <linux/auxvec.h>

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/tag.h"
#include "rt/key/isolation.h"
#include "rt/key/processor.h"
#include "rt/sys/signal.h"
#include "rt/trap/arm.h"
#include "rt/trap/strategy.h"

extern "C" {
/// rt/trap/entry.S, rt/trap/probe.S.
extern const char rt_trap_entry[], rt_trap_probe_entry[];
int rt_trap_probe_dispatch();
}

namespace rt::trap {

using base::must;
using sys::Signal;
using sys::SignalSet;

namespace {

constexpr Signal handled[] = {Signal::illegal,    Signal::trap,   Signal::bus,
                              Signal::arithmetic, Signal::memory, Signal::syscall};

/// With the frame key asynchronous signals are masked until the fault is over. A second frame, at
/// the handler's first instruction, would be written under the kernel's default view, which closes
/// the frame key.
void take(Signal signal) {
    const bool strong = frame_strategy() == FrameStrategy::monitor_key;
    must(sys::set_handler(signal, rt_trap_entry,
                          {.on_alternate_stack = true,
                           .nestable = true,
                           .mask = strong ? SignalSet{} : sys::asynchronous_signals}),
         "setting a handler");
}

} // namespace

base::Result<base::Done> take_asynchronous(Signal signal) {
    return sys::set_handler(
        signal, rt_trap_entry,
        {.on_alternate_stack = true, .nestable = false, .mask = sys::asynchronous_signals});
}

bool dispatches() {
    must(sys::set_handler(Signal::syscall, rt_trap_probe_entry,
                          {.on_alternate_stack = true, .nestable = true, .mask = {}}),
         "setting the probe's handler");
    const int delivered = rt_trap_probe_dispatch();
    const auto stack = domain::alternate_stack(0, domain::AlternateStack::first);
    if (frame_strategy() == FrameStrategy::frame_key) { // domains will read there
        __builtin_memset(reinterpret_cast<void *>(stack.begin()), 0, stack.bytes());
    }
    arm_first();
    take(Signal::syscall);
    return delivered == static_cast<int>(Signal::syscall);
}

void install(const crt::Handoff &handoff) {
    if ((handoff.auxiliary_value(AT_HWCAP2, 0) & HWCAP2_FSGSBASE) == 0) {
        base::panic("this kernel has rdgsbase and wrgsbase switched off (nofsgsbase on its command "
                    "line): the trap entry cannot repair gs and fs without them");
    }
    // Signals that the parent had blocked stay blocked across exec.
    must(sys::set_blocked({}), "unblocking signals");
    choose_frame_strategy(handoff);
    const auto stack = domain::alternate_stack(0, domain::AlternateStack::first);
    const uint64_t smallest = handoff.auxiliary_value(AT_MINSIGSTKSZ, 4096);
    if (stack.bytes() < 4 * smallest) {
        base::panic(
            "this processor's signal frames ({} bytes) are too large for the alternate stack "
            "({} bytes): enlarge POSTERN_SLOT_SIZE in linker/layout.h",
            smallest, stack.bytes());
    }
    arm_first();
    // A kernel without keys leaves PKRU out. The entry then reads some other word, and does not use
    // it.
    base::slot().pkru_at = key::has_keys() ? key::pkru_offset() : 0;
    for (const Signal signal : handled) {
        take(signal);
    }
    // If a reader goes away, or a file grows too large, the write gets an errno, and the program
    // does not die.
    must(sys::set_ignored(Signal::pipe), "ignoring SIGPIPE");
    must(sys::set_ignored(Signal::file_size), "ignoring SIGXFSZ");
}

} // namespace rt::trap
