/// The services of the gate tests: most of them call into a domain again.
#include "tests/rt/entry/services.h"

#include "tests/rt/gate/dive.h"
#include "tests/rt/gate/registers.h"

namespace services {

constinit Seen seen{};

namespace {

/// The result of an inner call, or 0x1000 when it faulted.
uint64_t result_of(const rt::base::Result<uint64_t, rt::Fault> &inner) {
    if (!inner) {
        ++seen.faults;
        seen.fault = inner.fault();
    }
    return inner.value_or(0x1000);
}

uint64_t in_other(Domain caller, auto of_alice, auto of_bob, uint64_t depth) {
    ++seen.calls;
    return caller == Domain::alice ? result_of(rt::call<Domain::bob>(of_bob, depth))
                                   : result_of(rt::call<Domain::alice>(of_alice, depth));
}

uint64_t handle_dive_in_other(Domain caller, uint64_t depth) {
    return in_other(caller, dive::alice, dive::bob, depth);
}
uint64_t handle_dive_in_same(Domain caller, uint64_t depth) {
    ++seen.calls;
    return caller == Domain::alice ? result_of(rt::call<Domain::alice>(dive::alice_again, depth))
                                   : 0x2000;
}
uint64_t handle_sink_in_other(Domain caller, uint64_t depth) {
    return in_other(caller, dive::sink_alice, dive::sink_bob, depth);
}
int64_t handle_sum(Domain, int8_t a, uint16_t b, bool c, Pair d, double e) {
    ++seen.calls;
    return int64_t{a} + b + (c ? 1'000'000 : 0) + d.left * 1000 + d.right + static_cast<int64_t>(e);
}
void handle_remember(Domain, uint64_t value) {
    ++seen.calls;
    seen.remembered = value;
}
Pair handle_pair(Domain) {
    ++seen.calls;
    return {-2, 250};
}
bool handle_negate(Domain, bool flag) {
    ++seen.calls;
    seen.flag = static_cast<uint64_t>(flag);
    return !flag;
}
uint64_t handle_fault_in_same(Domain, uint64_t value) {
    ++seen.calls;
    return value + result_of(rt::call<Domain::alice>(dive::fall, 0ul));
}
uint64_t handle_stack_of_same(Domain) {
    constexpr rt::Entry<Domain::alice, test_stack_pointer> stack_pointer;
    ++seen.calls;
    return result_of(rt::call<Domain::alice>(stack_pointer));
}
uint64_t handle_nest(Domain, uint64_t stack) {
    constexpr rt::Entry<Domain::alice, test_nest> again;
    ++seen.calls;
    return result_of(rt::call<Domain::alice>(again, uint64_t{nest.number}, stack));
}

Answer handle_judge(Domain, Answer answer) {
    ++seen.calls;
    seen.flag = static_cast<uint64_t>(answer.good);
    return {answer.weight, !answer.good};
}
uint64_t handle_frame_of_monitor(Domain) {
    ++seen.calls;
    return reinterpret_cast<uint64_t>(__builtin_frame_address(0));
}

} // namespace

} // namespace services

POSTERN_SERVICES(
    rt::provide<services::dive_in_other, services::handle_dive_in_other>(rt::Callers::any()),
    rt::provide<services::dive_in_same, services::handle_dive_in_same>(rt::Callers::any()),
    rt::provide<services::sink_in_other, services::handle_sink_in_other>(rt::Callers::any()),
    rt::provide<services::sum, services::handle_sum>(rt::Callers::any()),
    rt::provide<services::remember, services::handle_remember>(rt::Callers::any()),
    rt::provide<services::pair, services::handle_pair>(rt::Callers::any()),
    rt::provide<services::negate, services::handle_negate>(rt::Callers::any()),
    rt::provide<services::fault_in_same, services::handle_fault_in_same>(rt::Callers::any()),
    rt::provide<services::stack_of_same, services::handle_stack_of_same>(rt::Callers::any()),
    rt::provide<services::nest, services::handle_nest>(rt::Callers::any()),
    rt::provide<services::frame_of_monitor, services::handle_frame_of_monitor>(rt::Callers::any()),
    rt::provide<services::judge, services::handle_judge>(rt::Callers::any()));
