/// An asynchronous signal: the handler, and the way back to the interrupted code.
#include <asm/sigcontext.h>

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "rt/gate/current.h"
#include "rt/gate/deadline.h"
#include "rt/gate/last_fault.h"
#include "rt/key/isolation.h"
#include "rt/key/view.h"
#include "rt/space/turn.h"
#include "rt/trap/arm.h"
#include "rt/trap/deadline.h"
#include "rt/trap/frame.h"
#include "rt/trap/interrupt.h"
#include "rt/trap/on_signal.h"
#include "rt/trap/resume.h"

extern "C" {
/// rt/trap/entry.S.
extern const char rt_trap_entry[], rt_trap_switch[];
}

namespace rt::trap {

using sys::Signal;

namespace {

constexpr uint32_t initial_control_word = 0x1f80; // MXCSR

/// The slot's words that the handler gets fresh, as they were before.
struct Before {
    uint64_t state;
    uint64_t selector;
    uint64_t window;
    uint64_t token;
};

/// The code that was interrupted.
enum class Place : uint8_t {
    entry,      // the trap entry, before it has proved anything
    domain,     // a domain's own code
    to_domain,  // rt_trap_resume_domain
    to_monitor, // rt_trap_resume_monitor
    monitor,    // all else, gates and windows too
    foreign,    // a domain that has just written itself a view that it must not have
};

bool within(uint64_t address, const char *begin, const char *end) {
    return address >= reinterpret_cast<uint64_t>(begin) &&
           address < reinterpret_cast<uint64_t>(end);
}

/// Without keys PKRU does not tell whose code runs. If the state is a domain's, the monitor runs
/// only in the gates and in the trap entry.
Place place_without_keys(bool is_domain, uint64_t rip) {
    if (within(rip, rt_trap_entry, rt_trap_switch + 1)) {
        return Place::entry;
    }
    if (is_domain && within(rip, rt_trap_resume_domain, rt_trap_resume_monitor)) {
        return Place::to_domain;
    }
    if (within(rip, rt_trap_resume_monitor, rt_trap_resume_end)) {
        return Place::to_monitor;
    }
    const bool in_gates =
        within(rip, __gate_start, __gate_end) || within(rip, __trap_start, __trap_end);
    return is_domain && !in_gates ? Place::domain : Place::monitor;
}

Place place_of(const Before &before, key::Pkru pkru, uint64_t rip) {
    const bool is_domain = before.state != RT_STATE_MONITOR;
    if (!key::has_keys()) {
        return place_without_keys(is_domain, rip);
    }
    if (pkru == key::initial_view && within(rip, rt_trap_entry, rt_trap_switch + 1)) {
        return Place::entry;
    }
    if (is_domain && within(rip, rt_trap_resume_domain, rt_trap_resume_monitor)) {
        return Place::to_domain;
    }
    if (is_domain && pkru.raw() == base::slot().view) {
        return Place::domain;
    }
    if (is_domain && pkru != key::monitor_view) {
        return Place::foreign;
    }
    return within(rip, rt_trap_resume_monitor, rt_trap_resume_end) ? Place::to_monitor
                                                                   : Place::monitor;
}

Frame &keep(const Frame &frame) {
    Kept &kept = trap::kept();
    const auto *state = reinterpret_cast<const _fpstate *>(frame.context.uc_mcontext.fpstate);
    const size_t bytes = state->sw_reserved.extended_size;
    if (bytes > sizeof kept.state) {
        base::panic("this processor's state ({} bytes) is too large for a signal handler's stack: "
                    "enlarge POSTERN_SLOT_FAULT in linker/layout.h",
                    bytes);
    }
    __builtin_memcpy(kept.state, state, bytes);
    kept.frame = frame;
    kept.frame.context.uc_mcontext.fpstate = reinterpret_cast<_fpstate *>(kept.state);
    return kept.frame;
}

/// Calls the app's handler with the slot's words as the monitor has them, and with the stacks of
/// all domains unset. A domain that the handler calls all the same faults before its first
/// instruction.
void run_handler(Signal signal) {
    const SignalHandler handler = handler_of(signal);
    if (handler == nullptr) {
        return;
    }
    base::Slot &slot = base::slot();
    uint64_t stacks[sizeof slot.stack / sizeof slot.stack[0]];
    static_assert(sizeof stacks == sizeof slot.stack);
    __builtin_memcpy(stacks, slot.stack, sizeof stacks);
    __builtin_memset(slot.stack, 0, sizeof stacks);
    if (!sys::set_alternate_stack(domain::alternate_stack(0, domain::AlternateStack::handlers),
                                  sys::Arming::always)) { // rt_sigreturn takes it back
        base::panic("the monitor itself: a signal handler gets no alternate stack");
    }
    slot.in_handler = 1;
    handler(signal);
    slot.in_handler = 0;
    __builtin_memcpy(slot.stack, stacks, sizeof stacks);
}

/// Ends the innermost call, whose domain was running. The kernel's own sigreturn restores the mask
/// and the alternate stack, and no register of the domain's comes along.
void end_call(Frame &frame, base::FaultKind kind) {
    base::Fault &fault = gate::last_fault();
    fault = {};
    fault.kind = kind;
    fault.domain = gate::current_domain();
    fault.signal = static_cast<uint8_t>(frame.info.si_signo);
    fault.code = frame.info.si_code;
    fault.pkru = pkru_of(frame).raw();
    fault.registers = registers_of(frame);

    auto &saved = frame.context.uc_mcontext;
    __builtin_memset(&saved, 0, offsetof(sigcontext, eflags));
    saved.rdi = gate::faulted_by(kind);
    redirect_to(frame, reinterpret_cast<const char *>(&rt_gate_unwind));
    auto *area = reinterpret_cast<_xstate *>(saved.fpstate);
    area->xstate_hdr.xfeatures = 0; // every component as at its start [sdm-1 13.8.1]
    area->fpstate.mxcsr = initial_control_word;
    set_pkru(frame, key::monitor_view);
}

/// Whether the signal ends a call because its deadline has passed. It does so only if the domain
/// itself was to go on. Gates and trap entry come to their end first, also those that end the call
/// already; the next signal comes late enough for that.
bool is_cut(Signal signal, Frame &frame, Place place) {
    if (signal != Signal::deadline || !is_deadline_over()) {
        return false;
    }
    base::slot().deadline_passed = 1;
    gate::watch_again();
    if (place == Place::to_domain) {
        take_block(frame);
    }
    return place == Place::domain || place == Place::to_domain;
}

void resume(Frame &frame, const Before &before, Place place) {
    switch (place) {
    case Place::entry:
        set_pkru(frame, key::initial_view);
        break;
    case Place::domain:
        resume_in_domain(frame);
        break;
    case Place::to_domain: // the block still holds what was interrupted first
        redirect_to(frame, rt_trap_resume_domain);
        set_pkru(frame, key::monitor_view);
        break;
    case Place::to_monitor: // the same holds for the slot's words
        redirect_to(frame, rt_trap_resume_monitor);
        set_pkru(frame, pkru_of(frame));
        break;
    case Place::monitor:
        resume_in_monitor(frame, before.selector);
        break;
    case Place::foreign:
        end_call(frame, base::FaultKind::gate);
        break;
    }
}

} // namespace

Kept &kept() {
    const auto slot = reinterpret_cast<uintptr_t>(&base::slot()) - POSTERN_SLOT_GS;
    return *reinterpret_cast<Kept *>(slot + POSTERN_SLOT_HANDLER_TOP);
}

/// Called by the trap entry with a frame that the kernel has just written, on the handlers' own
/// stack, with all asynchronous signals blocked. `token` is what the token word held before.
extern "C" [[noreturn]] void rt_trap_interrupt(const Frame *written, uint64_t token) {
    base::Slot &slot = base::slot();
    if (slot.in_handler != 0) {
        base::panic(
            "the monitor itself: a signal handler unblocked signals and was interrupted by signal "
            "{}: handlers run with all asynchronous signals blocked",
            written->info.si_signo);
    }
    const Before before{slot.state, slot.selector, slot.window, token};
    Frame &frame = keep(*written);
    arm_by(frame.context.uc_stack, reinterpret_cast<uintptr_t>(written));
    wipe_written(*written);
    const Place place = place_of(before, pkru_of(frame), frame.context.uc_mcontext.rip);
    slot.state = RT_STATE_MONITOR;
    slot.selector = RT_SELECTOR_BLOCK;
    slot.window = 0;
    const auto signal = static_cast<Signal>(frame.info.si_signo);
    if (signal == Signal::space) {
        space::note_end();
    }
    run_handler(signal);
    if (is_cut(signal, frame, place)) {
        end_call(frame, base::FaultKind::deadline);
    } else {
        resume(frame, before, place);
        slot.token = place == Place::foreign ? 0 : before.token;
    }
    slot.window = before.window;
    slot.state = before.state;
    rt_trap_return(&frame);
}

} // namespace rt::trap
