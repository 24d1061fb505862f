/// A trap is a domain's fault or the monitor's bug; the state word says which.
#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/alias.h"
#include "rt/domain/fault_text.h"
#include "rt/domain/table.h"
#include "rt/gate/last_fault.h"
#include "rt/gate/current.h"
#include "rt/key/isolation.h"
#include "rt/key/view.h"
#include "rt/life/standing.h"
#include "rt/syscall/rules.h"
#include "rt/sys/signal.h"
#include "rt/trap/answer.h"
#include "rt/trap/fix_up.h"
#include "rt/trap/frame.h"
#include "rt/trap/interrupt.h"
#include "rt/trap/stop.h"
#include "rt/trap/strategy.h"

namespace rt::trap {

namespace {

/// The system call: one that the program has given up, from its own site, or any call from another
/// site.
void append_call(base::Line &line, const base::Fault &fault) {
    constexpr int32_t by_filter = 1; // SYS_SECCOMP [linux siginfo.h v6.12]
    line.append(" ").append(fault.number);
    if (fault.code != by_filter) {
        line.append(" refused by dispatch");
        return;
    }
    if (const syscall::Rule *rule = syscall::rule_of(fault.number)) {
        line.append(" (").append(rule->name).append(": ").append(rule->why).append(")");
    }
    line.append(" refused by the filter");
}

void append_memory(base::Line &line, const base::Fault &fault) {
    line.append(" of ").append(base::Hex{fault.address});
    const auto *stack = domain::stack_above_guard(fault.address);
    if (stack != nullptr && stack->kind == linker::Kind::monitor_stack) {
        domain::append_overflow(line.append(": "), *stack);
        return;
    }
    const uintptr_t own = domain::own(fault.address);
    const auto place = domain::place_of(own);
    line.append(" (");
    if (place.owner != nullptr) {
        line.append(place.owner).append("'s ");
    }
    line.append(place.what);
    if (own != fault.address) {
        line.append(" at ").append(base::Hex{own}).append(", as the monitor sees it");
    }
    if (fault.has_key) {
        line.append(", key ").append(fault.key);
    }
    line.append(")");
}

/// Whether it was an access to a domain's memory, by its key or, where the monitor sees it elsewhere, by
/// the domain's own address.
bool is_of_domain(const base::Fault &fault) {
    const auto key = key::Pkey::from_raw(fault.key);
    if (fault.has_key) {
        return key::is_domain_key(key) && domain::is_named(key);
    }
    return fault.info.trap_number == trap_page_fault &&
           key::is_apart(domain::domain_at(fault.address));
}

/// A fault of the monitor's own. It is not recoverable.
[[noreturn]] void panic_monitor_fault(const base::Fault &fault) {
    base::Line line;
    line.append("the monitor itself: ").append(base::text_of(fault.kind));
    if (fault.kind == base::FaultKind::syscall) {
        append_call(line, fault);
    } else if (fault.info.trap_number == trap_page_fault) {
        append_memory(line, fault);
    }
    line.append(" at ").append(base::Hex{fault.registers.rip});
    if (is_of_domain(fault)) {
        line.append(
            "; reach a domain's memory by uaccess: rt::get_user, rt::copy_from_domain, ...");
    }
    base::panic(line);
}

/// With the frame key a handler masks signals, and handlers of faults do not return through the
/// restorer, which would restore the mask.
void restore_mask() {
    if (frame_strategy() == FrameStrategy::frame_key) {
        static_cast<void>(base::slot().in_handler != 0 ? sys::block(sys::asynchronous_signals)
                                                     : sys::restore_blocked());
    }
}

/// A fault of the monitor's own: an access that may fault, or a bug.
[[noreturn]] void handle_monitors(const Frame &frame, key::Pkru pkru) {
    const base::Fault fault = fault_of(frame, pkru);
    const uint64_t to = fixup_of(fault);
    if (to == 0) {
        panic_monitor_fault(fault);
    }
    restore_mask();
    fix_up(frame, to);
}

} // namespace

void panic_handler_called_domain(Domain domain) {
    base::panic(
        "the monitor itself: a signal handler called {}: handlers may not call domains; let it "
        "make a note, and call from where the program waits",
        domain::name_of(domain));
}

/// Called by the trap entry with a frame that the kernel has just written, or with a copy of it;
/// with the interrupted PKRU and state; and with the address at which the kernel wrote the frame.
/// It runs on the monitor's stack if a domain was running, and on the alternate stack if the
/// monitor was. It leaves by unwinding to the innermost gate, or to the fix-up of an access.
///
/// There is no sigreturn, except after an answered call. The kernel's only memory of a signal is
/// its mask, and the mask of these handlers is empty, except with the frame key
/// (rt/trap/install.cc). An asynchronous signal that comes meanwhile is handled and returns here.
extern "C" [[noreturn]] void rt_trap_handle(Frame *frame, uint32_t interrupted_pkru, uint64_t state,
                                            const Frame *written) {
    base::Slot &slot = base::slot();
    // Without keys the frame has no PKRU, and the entry has read some other word of it.
    const auto pkru = key::Pkru::from_raw(key::has_keys() ? interrupted_pkru : 0);
    slot.selector = RT_SELECTOR_BLOCK;
    if (state == RT_STATE_MONITOR) {
        handle_monitors(*frame, pkru);
    }
    wipe_written(*written);
    if (slot.in_handler != 0) {
        panic_handler_called_domain(gate::current_domain());
    }
    base::Fault &fault = gate::last_fault();
    fault = fault_of(*frame, pkru);
    read_stop(fault);
    fault.domain = gate::current_domain();
    restore_mask();
    life::name_refusal(fault);
    if (fault.kind == base::FaultKind::syscall) {
        answer_call(*frame, fault, state);
    }
    gate::unwind();
}

} // namespace rt::trap
