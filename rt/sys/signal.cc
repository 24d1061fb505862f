/// System calls on signals.
#include "rt/sys/signal.h"

#include <asm/unistd.h>
#include <linux/signal.h>

#include "rt/base/slot.h"
#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

namespace {

/// The kernel's own structure; C libraries show another one. [linux signal_types.h v6.12]
struct KernelAction {
    uint64_t handler;
    uint64_t flags;
    uint64_t restorer;
    uint64_t mask;
};
static_assert(sizeof(KernelAction) == 32);

constexpr size_t mask_bytes = sizeof(uint64_t);

/// The slot's word, through gs: a program that starts without rt has no whole slot.
void keep_blocked(SignalSet blocked) {
    asm volatile("movq %0, %%gs:%c1"
                 :
                 : "r"(blocked.bits), "i"(offsetof(base::Slot, blocked))
                 : "memory");
}
SignalSet kept_blocked() {
    SignalSet blocked;
    asm volatile("movq %%gs:%c1, %0" : "=r"(blocked.bits) : "i"(offsetof(base::Slot, blocked)));
    return blocked;
}

Result<Done> set_action(Signal signal, const KernelAction &action) {
    return result_of<Done>(call_raw(__NR_rt_sigaction, signal, &action, 0, mask_bytes));
}

} // namespace

Result<Done> set_handler(Signal signal, const void *entry, HandlerOptions options) {
    uint64_t flags = SA_SIGINFO | SA_RESTORER;
    flags |= options.on_alternate_stack ? SA_ONSTACK : 0;
    flags |= options.nestable ? SA_NODEFER : 0;
    return set_action(signal, {reinterpret_cast<uint64_t>(entry), flags,
                               reinterpret_cast<uint64_t>(__restore_rt), options.mask.bits});
}

Result<Done> set_default(Signal signal) {
    return set_action(signal, {0, 0, 0, 0});
}

Result<Done> set_ignored(Signal signal) {
    return set_action(signal, {reinterpret_cast<uint64_t>(SIG_IGN), 0, 0, 0});
}

void describe(stack_t &description, base::Region stack, Arming arming) {
    description = {};
    description.ss_sp = reinterpret_cast<void *>(stack.begin());
    description.ss_size = stack.bytes();
    description.ss_flags = arming == Arming::once ? static_cast<int>(SS_AUTODISARM) : 0;
}

Result<Done> set_alternate_stack(base::Region stack, Arming arming) {
    stack_t description;
    describe(description, stack, arming);
    return result_of<Done>(call_raw(__NR_sigaltstack, &description, 0));
}

Result<Done> set_blocked(SignalSet blocked) {
    keep_blocked(blocked);
    return restore_blocked();
}

Result<Done> restore_blocked() {
    return block(kept_blocked());
}

Result<Done> block(SignalSet blocked) {
    return result_of<Done>(
        call_raw(__NR_rt_sigprocmask, SIG_SETMASK, &blocked.bits, 0, mask_bytes));
}

Result<Done> raise(Signal signal) {
    const long process = call_raw(__NR_getpid);
    const long thread = call_raw(__NR_gettid);
    return result_of<Done>(call_raw(__NR_tgkill, process, thread, signal));
}

} // namespace rt::sys
