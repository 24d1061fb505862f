/// What does a domain's fault cost until the caller holds the Fault?
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"
#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "rt/sys/signal.h"

namespace bench {

namespace {

constexpr auto question = "What does a fault cost until the caller holds it?";

using rt::FaultKind;
using rt::sys::Signal;
using Untrusted = Guest<Domain::untrusted>;

constexpr long rt_sigaction = 13; // [linux syscall_64.tbl v6.12]
constexpr long sigaltstack = 131;

/// Removes the runtime's own handler and alternate stack during the life of this object.
class BareHandler {
public:
    BareHandler(Signal signal, const void *entry) : signal_(signal) {
        static const rt::base::Region stack =
            must(rt::sys::map_anonymous(65536, rt::sys::Protection::read_write));
        rt::sys::call_raw(rt_sigaction, signal, 0, &action_, 8);
        rt::sys::call_raw(sigaltstack, 0, &stack_);
        must(rt::sys::set_alternate_stack(stack, rt::sys::Arming::always));
        must(rt::sys::set_handler(signal, entry,
                                  {.on_alternate_stack = true, .nestable = true, .mask = {}}));
    }
    ~BareHandler() {
        rt::sys::call_raw(rt_sigaction, signal_, &action_, 0, 8);
        rt::sys::call_raw(sigaltstack, &stack_, 0);
    }

private:
    /// The kernel's layout [linux signal_types.h v6.12].
    struct Action {
        uint64_t words[4];
    };
    struct Stack {
        uint64_t words[3];
    };
    Signal signal_;
    Action action_{};
    Stack stack_{};
};

template <void (*faults)(uint64_t), Signal signal>
uint64_t bare(uint64_t loops) {
    const BareHandler handler(signal, bench_fault_handler);
    return timed<faults>(loops);
}

/// Returns through the kernel, with the dispatch selector open for the restorer's system call.
uint64_t through_sigreturn(uint64_t loops) {
    const BareHandler handler(Signal::memory, bench_fault_returning_handler);
    rt::base::slot().selector = RT_SELECTOR_ALLOW;
    const uint64_t ticks = timed<bench_fault_sigreturn>(loops);
    rt::base::slot().selector = RT_SELECTOR_BLOCK;
    return ticks;
}

void null_write() {
    must_fault(rt::call<Domain::untrusted>(Untrusted::write_null), FaultKind::write);
}

void null_write_trusted() {
    must_fault(rt::call<Domain::trusted>(Guest<Domain::trusted>::write_null), FaultKind::write);
}

void closed_key() {
    static char target;
    must_fault(
        rt::call<Domain::untrusted>(Untrusted::write_monitor, reinterpret_cast<uint64_t>(&target)),
        FaultKind::write);
}

void int3() {
    must_fault(rt::call<Domain::untrusted>(Untrusted::trap), FaultKind::breakpoint);
}

constexpr Timed bare_write = bare<bench_fault_null_write, Signal::memory>;
constexpr Timed bare_int3 = bare<bench_fault_int3, Signal::trap>;
constexpr auto write_name = "bare route, null write";
constexpr auto int3_name = "bare route, int3";

constexpr Row table[] = {
    {"fault_bare", Kind::loop, question, bare_write, pairs, unit},
    {"fault_bare_int3", Kind::loop, question, bare_int3, pairs, unit},
    {"fault", Kind::loop, question, repeated<null_write>, bare_write, write_name},
    {"fault_trusted", Kind::loop, question, repeated<null_write_trusted>, bare_write, write_name},
    {"fault_closed_key", Kind::loop, question, repeated<closed_key>, bare_write, write_name},
    {"fault_sigreturn", Kind::loop, question, through_sigreturn, bare_write, write_name},
    {"fault_int3", Kind::loop, question, repeated<int3>, bare_int3, int3_name},
};

} // namespace

constinit const Rows fault_rows = rows_of(table);

} // namespace bench
