/// A call into a domain that has an address space of its own: orders to its child, and what the
/// child tells until the call ends.
#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/stack_word.h"
#include "rt/domain/table.h"
#include "rt/gate/cross_call_record.h"
#include "rt/gate/current.h"
#include "rt/gate/deadline.h"
#include "rt/gate/last_fault.h"
#include "rt/gate/refuse.h"
#include "rt/life/standing.h"
#include "rt/space/child.h"
#include "rt/space/spare.h"
#include "rt/space/turn.h"
#include "rt/space_call/lend.h"
#include "rt/space_call/stop.h"
#include "rt/syscall/proxied_call.h"
#include "rt/trap/answer.h"
#include "rt/trap/frame.h"
#include "rt/trap/interrupt.h"
#include "rt/trap/stop.h"

extern "C" {
extern const rt::gate::CrossCallRecord __cross_calls_start[], __cross_calls_end[];
/// rt/entry/serve.cc.
uint64_t rt_gate_serve(uint64_t number, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3,
                       uint64_t a4, uint64_t stack);
}

namespace rt::space {

namespace {

using base::Fault;
using base::FaultKind;

/// By which the innermost call runs.
uint32_t view_now() {
    return static_cast<uint32_t>(base::slot().view);
}

/// Ends the innermost call by a fault without registers.
[[noreturn, gnu::noinline]] void end_by(FaultKind kind, Domain domain, uint64_t number = 0) {
    Fault &fault = gate::last_fault();
    fault = {};
    fault.kind = kind;
    fault.domain = domain;
    fault.number = number;
    gate::unwind();
}

bool is_of_an_instruction(uint64_t signal) {
    return signal <= sys::signal_count && signal != 0 &&
           sys::synchronous_signals.has(static_cast<sys::Signal>(signal));
}

/// The child says what no domain can have done. What it runs is not known, so it ends.
[[noreturn, gnu::noinline]] void end_forged(Child &child, Domain domain) {
    bury(child);
    end_by(FaultKind::forged, domain);
}

/// The call's time is over: its code is stopped, and the fault says where, if the child says it.
[[noreturn, gnu::noinline]] void end_late(Child &child, Domain domain) {
    Fault &fault = gate::last_fault();
    fault = {};
    stop(child, fault);
    fault.kind = FaultKind::deadline;
    fault.domain = domain;
    gate::unwind();
}

/// Makes the granted system call of the frame, and tells the child to go on. False if the domain's
/// table has no row for it.
[[gnu::noinline]] bool answer_call(Child &child, const Told &told, const trap::Frame &frame,
                                   Fault &fault) {
    const syscall::CallRule *rule = syscall::find_call(fault.domain, fault.number);
    if (rule == nullptr || !trap::is_answerable(frame, fault)) {
        return false;
    }
    const int64_t answer = syscall::make_granted_call(*rule, fault.arguments);
    if (base::has_deadline_passed()) {
        fault.kind = FaultKind::deadline;
        return false;
    }
    frame_of(child, told)->context.uc_mcontext.rax = static_cast<uint64_t>(answer);
    return true;
}

/// The kernel has reported a fault of the domain's to its child. Returns if the domain goes on.
[[gnu::noinline]] void take_trap(Child &child, const Told &told, Domain domain) {
    child.orders->words[0] = told.words[1] + sizeof(uint64_t);
    if (told.words[0] == RT_SIGNAL_STOP) {
        // It was to stop an earlier call, or the child says so again and again.
        return base::has_deadline_passed() ? end_late(child, domain) : void();
    }
    trap::Frame frame;
    if (!is_of_an_instruction(told.words[0]) || !read_frame(child, told, frame)) {
        end_forged(child, domain);
    }
    Fault &fault = gate::last_fault();
    fault = trap::fault_of(frame, key::Pkru::from_raw(0));
    fault.domain = domain;
    trap::read_stop(fault);
    if (fault.kind != FaultKind::syscall || !answer_call(child, told, frame, fault)) {
        gate::unwind();
    }
}

void order_answer(Child &child, uint64_t stack, uint64_t value, uint64_t second) {
    uint64_t *words = child.orders->words;
    words[0] = stack;
    words[1] = value;
    words[2] = second;
}

/// The same refusals as in rt/gate/cross.S.
[[gnu::noinline]] void cross(Child &child, const Told &told, Domain domain) {
    base::Slot &slot = base::slot();
    const uint64_t number = told.words[0];
    const uint64_t *arguments = told.words + 1;
    const uint64_t stack = told.words[6];
    const auto count = static_cast<uint64_t>(__cross_calls_end - __cross_calls_start);
    const gate::Request request{number, arguments, stack};
    if (number - 1 >= count || __cross_calls_start[number - 1].caller != key::number_of(domain)) {
        gate::refuse(FaultKind::cross_call, request);
    }
    if (reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < slot.stack_limit) {
        gate::refuse(FaultKind::nesting, request);
    }
    const auto &row = __cross_calls_start[number - 1];
    uint64_t &next_stack = domain::stack_word(domain);
    const uint64_t before = next_stack;
    next_stack = gate::below(stack);
    const RtOutcome outcome =
        row.enter(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], 0,
                  reinterpret_cast<const void *>(row.function));
    next_stack = before;
    if (base::has_deadline_passed()) {
        gate::refuse(FaultKind::deadline, request);
    }
    order_answer(child, stack, outcome.value, outcome.faulted);
}

/// The turn has ended without what was ordered.
[[noreturn, gnu::noinline]] void take_failure(Child &child, const Told &told, Domain domain) {
    if (told.ended == Ended::late) {
        end_late(child, domain);
    }
    if (told.ended == Ended::died) {
        bury(child);
        end_by(FaultKind::died, domain);
    }
    end_forged(child, domain);
}

/// Does what the event asks for, and yields the next order. Does not return if the call has ended
/// by a fault.
Order take(Child &child, const Told &told, Domain domain) {
    if (told.ended != Ended::answered) {
        take_failure(child, told, domain);
    }
    gate::watch();
    switch (told.event) {
    case Event::service: {
        const uint64_t *words = told.words;
        const uint64_t value = rt_gate_serve(words[0], words[1], words[2], words[3], words[4],
                                             words[5], words[6]);
        order_answer(child, words[6], value, 0);
        return Order::answer;
    }
    case Event::crossing:
        cross(child, told, domain);
        return Order::answer;
    case Event::trapped:
        take_trap(child, told, domain);
        return Order::resume;
    default:
        end_forged(child, domain);
    }
}

/// A domain that takes no calls, and a call by a signal handler.
[[noreturn, gnu::noinline]] void refuse_call(Domain domain) {
    if (base::is_handling()) {
        trap::panic_handler_called_domain(domain);
    }
    Fault &fault = gate::last_fault();
    fault = {};
    fault.domain = domain;
    life::name_refusal(fault);
    gate::unwind();
}

[[gnu::noinline]] void make_live(Domain domain) {
    const auto born = revive(domain, view_now());
    if (born) {
        return;
    }
    if (base::has_deadline_passed()) {
        end_by(FaultKind::deadline, domain);
    }
    end_by(FaultKind::died, domain, static_cast<uint64_t>(born.error()));
}

} // namespace

/// Called by rt_space_enter, with the frame of the call at gate_rsp and the domain's view in the
/// view word.
extern "C" uint64_t rt_space_run(const uint64_t *arguments, uint64_t function) {
    const Domain domain = gate::current_domain();
    const uint64_t stack = domain::stack_word(domain);
    if (stack == 0 || base::is_handling()) {
        refuse_call(domain);
    }
    if (base::window_view() != 0) [[unlikely]] {
        base::slot().window = base::window_after_call;
    }
    Child &child = child_of(domain);
    Order order = Order::call;
    for (bool begun = false;; begun = true) {
        if (!child.has_process()) [[unlikely]] {
            make_live(domain); // also where a call inside this one has buried it
        }
        Told told{.ended = Ended::died, .event = {}, .words = {}}; // if no process can be made
        if (child.orders->view != view_now() && !take_view(child, domain, view_now(), told)) {
            take_failure(child, told, domain);
        }
        if (!begun) {
            child.orders->stack = stack;
            child.orders->words[0] = function;
            for (unsigned i = 0; i < 6; ++i) {
                child.orders->words[1 + i] = arguments[i];
            }
        }
        told = turn(child, order);
        if (told.is(Event::returned)) {
            if (child.wants_spare) [[unlikely]] {
                keep_spare(domain);
            }
            return told.words[0];
        }
        order = take(child, told, domain);
    }
}

} // namespace rt::space
