/// A handler begins under the kernel's default PKRU, whatever was interrupted, and what was
/// interrupted comes back at its end.
#include "tests/rt/trap/handler_probe.h"

#include <asm/unistd.h>
#include <linux/signal.h>

#include "rt/base/slot.h"
#include "rt/key/processor.h"
#include "rt/key/view.h"
#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "rt/sys/signal.h"
#include "tests/harness/harness.h"
#include "tests/rt/trap/ruin.h"

using rt::base::Region;
using rt::key::Rights;
using rt::sys::Signal;

namespace {

constexpr auto user2 = static_cast<Signal>(12);

volatile uint64_t monitors_word = 1;
uint64_t trespass() {
    return monitors_word;
}
void no_instruction() {
    asm volatile("ud2");
}
void make_a_system_call() {
    uint64_t number = __NR_getpid;
    asm volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
}

handler_probe::Notes &notes() {
    const auto gs = reinterpret_cast<uintptr_t>(&rt::base::slot());
    return *reinterpret_cast<handler_probe::Notes *>(gs + PROBE_COUNT);
}

/// The kernel's own structure, with another handler and all else as the runtime chose it.
struct KernelAction {
    const void *handler;
    uint64_t flags;
    const void *restorer;
    uint64_t mask;
};

/// Puts the probe in front of the runtime's handler of `signal` while it lives.
class Probed {
public:
    explicit Probed(Signal signal) : signal_(signal) {
        rt::sys::call_raw(__NR_rt_sigaction, signal, 0, &before_, sizeof before_.mask);
        KernelAction probed = before_;
        probed.handler = handler_probe_trap;
        rt::sys::call_raw(__NR_rt_sigaction, signal, &probed, 0, sizeof probed.mask);
        notes() = {};
    }
    ~Probed() { rt::sys::call_raw(__NR_rt_sigaction, signal_, &before_, 0, sizeof before_.mask); }

private:
    Signal signal_;
    KernelAction before_{};
};

/// One fault of a domain with the probe in front: what the handler saw, what the frame said.
template <Domain domain, auto function>
void expect_default_view(Signal signal, Rights on_key_0) {
    const Probed probed(signal);
    const auto result = rt::call<domain>(rt::Entry<domain, function>{});
    EXPECT(!result) && EXPECT_EQUAL(result.fault().signal, signal);
    EXPECT_EQUAL(notes().count, 1);
    EXPECT_EQUAL(notes().entry_pkru[0], RT_PKRU_INITIAL);
    const auto view = rt::key::domain_view(rt::domain::key_of(domain), on_key_0);
    EXPECT(!result) && EXPECT_EQUAL(result.fault().pkru, view.raw());
}

template <Domain domain>
void expect_default_view_after_each_signal(Rights on_key_0) {
    expect_default_view<domain, ruin::divide>(Signal::arithmetic, on_key_0);
    expect_default_view<domain, trespass>(Signal::memory, on_key_0);
    expect_default_view<domain, no_instruction>(Signal::illegal, on_key_0);
    expect_default_view<domain, make_a_system_call>(Signal::syscall, on_key_0);
}

/// Sends SIGUSR1 and SIGUSR2 at once to a handler that returns, on a stack of its own on key 0.
void take_two_signals_at_once() {
    const Region stack = rt::sys::map_anonymous(0x10000, rt::sys::Protection::read_write).value();
    stack_t before{};
    rt::sys::call_raw(__NR_sigaltstack, 0, &before);
    EXPECT(bool(rt::sys::set_alternate_stack(stack, rt::sys::Arming::always)));
    constexpr Signal sent[] = {Signal::user1, user2};
    for (const Signal signal : sent) {
        EXPECT(
            bool(rt::sys::set_handler(signal, handler_probe_return,
                                      {.on_alternate_stack = true, .nestable = true, .mask = {}})));
    }
    notes() = {};
    notes().pkru_offset = rt::key::pkru_offset();
    notes().call_word = rt::base::slot().call_word;
    EXPECT(bool(rt::sys::set_blocked(rt::sys::SignalSet().with(Signal::user1).with(user2))));
    EXPECT(bool(rt::sys::raise(Signal::user1)));
    EXPECT(bool(rt::sys::raise(user2)));
    EXPECT_EQUAL(notes().count, 0);
    EXPECT(bool(rt::sys::set_blocked({})));
    rt::sys::call_raw(__NR_sigaltstack, &before, 0);
    EXPECT(bool(rt::sys::set_default(Signal::user1)) && bool(rt::sys::set_default(user2)));
    EXPECT(bool(rt::sys::munmap(stack)));
}

} // namespace

POSTERN_TEST("run.handler.sees_the_default_pkru_when_wd0_was_interrupted",
             SHOWS(handler_sees_default_pkru)) {
    expect_default_view_after_each_signal<Domain::wd0>(Rights::read_only);
}

POSTERN_TEST("run.handler.sees_the_default_pkru_when_key_0_was_writable",
             SHOWS(handler_sees_default_pkru)) {
    expect_default_view_after_each_signal<Domain::key_0_writable>(Rights::full);
}

POSTERN_TEST("run.handler.interrupted_rights_come_back_also_nested",
             SHOWS(handler_sees_default_pkru)) {
    take_two_signals_at_once();
    EXPECT_EQUAL(notes().count, 2);
    // The second frame was written while the first handler stood at its first instruction.
    EXPECT_EQUAL(notes().entry_pkru[0], RT_PKRU_INITIAL);
    EXPECT_EQUAL(notes().frame_pkru[0], RT_PKRU_INITIAL);
    EXPECT_EQUAL(notes().entry_pkru[1], RT_PKRU_INITIAL);
    EXPECT_EQUAL(notes().frame_pkru[1], RT_PKRU_MONITOR);
    EXPECT_EQUAL(rt::key::read_pkru().raw(), RT_PKRU_MONITOR);
    EXPECT(!rt::call<Domain::wd0>(rt::Entry<Domain::wd0, ruin::divide>{}));
}
