/// A fault in a cross call: the calling domain goes on, and finds nothing in its registers that the
/// monitor has left there.
#include "rt/gate/last_fault.h"
#include "tests/harness/harness.h"

namespace {

constexpr uint64_t secret = 0x5ec7e75ec7e7;

uint64_t bob_asks();
constexpr rt::Entry<Domain::bob, bob_asks> bob_asks_entry;
constexpr rt::CrossCall<1, Domain::alice, bob_asks_entry> to_bob;
constexpr rt::Service<1, void()> end_my_call;

uint64_t bob_asks() {
    end_my_call();
    return 1;
}
/// The vector registers as a cross call has left them, where the monitor's code may have used them.
uint64_t alice_looks() {
    const auto ended = to_bob();
    uint64_t first, last;
    asm volatile("movq %%xmm0, %0\n"
                 "movq %%xmm15, %1"
                 : "=r"(first), "=r"(last));
    return ended ? 1 : first | last;
}
constexpr rt::Entry<Domain::alice, alice_looks> alice_looks_entry;

/// Ends bob's call as a refusal does, after code with vectors.
void handle_end(Domain caller) {
    EXPECT(caller == Domain::bob);
    rt::Fault &fault = rt::gate::last_fault();
    fault = {};
    fault.kind = rt::FaultKind::service;
    fault.domain = caller;
    asm volatile("movq %0, %%xmm0\n"
                 "movq %0, %%xmm15"
                 :
                 : "r"(secret)
                 : "xmm0", "xmm15");
    rt::gate::unwind();
}

} // namespace

POSTERN_SERVICES(rt::provide<end_my_call, handle_end>(Domain::bob));
POSTERN_CROSS_CALLS(to_bob);

POSTERN_TEST("attack.cross.a_fault_leaves_nothing_of_the_monitor_in_vectors",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47)) {
    const auto looked = rt::call<Domain::alice>(alice_looks_entry);
    EXPECT(bool(looked)) && EXPECT_EQUAL(looked.value(), 0);
}
