/// A domain is restarted only while no call into it is open.
#include "rt/base/slot.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/rt/gate/registers.h"
#include "tests/rt/life/memory.h"

namespace {

constexpr auto busy = static_cast<uint64_t>(rt::Errno::busy);
constexpr rt::Entry<Domain::alice, test_serve_on> serve_on;

constinit uint64_t answered = 0;

uint64_t error_of(const rt::Result<rt::Done> &result) {
    return result ? 0 : static_cast<uint64_t>(result.error());
}

uint64_t handle_restart(Domain, uint64_t domain) {
    answered = error_of(rt::restart(static_cast<Domain>(domain)));
    return answered;
}
uint64_t handle_have_bob_ask(Domain, uint64_t domain) {
    return rt::call<Domain::bob>(worker::ask_from_bob_entry, domain).value_or(0x200);
}

constexpr auto alice = static_cast<uint64_t>(Domain::alice);
constexpr auto bob = static_cast<uint64_t>(Domain::bob);

void restart_both(rt::Signal) {
    answered = error_of(rt::restart(Domain::alice));
    answered += error_of(rt::restart(Domain::bob));
}

/// Whether alice still has what she had: a restart that was refused has touched nothing.
class Kept {
public:
    ~Kept() {
        EXPECT_EQUAL(rt::life_of(Domain::alice), life_);
        EXPECT_EQUAL(rt::call<Domain::alice>(worker::count_entry).value_or(0), count_ + 1);
    }

private:
    uint64_t life_ = rt::life_of(Domain::alice);
    uint64_t count_ = rt::call<Domain::alice>(worker::count_entry).value_or(0);
};

/// alice asks for her restart with the stack pointer `claimed`, of which the monitor takes the
/// number below which it would call her back.
void ask_with_stack(uint64_t claimed) {
    answered = 0;
    const Kept kept;
    const auto asked =
        rt::call<Domain::alice>(serve_on, uint64_t{worker::restart.number}, alice, claimed);
    if (harness::in_spaces()) { // her stub pushes there before it asks
        EXPECT_EQUAL(answered, 0);
        EXPECT(!asked) && EXPECT(asked.fault().kind == rt::FaultKind::write) &&
            EXPECT(asked.fault().address < claimed);
        return;
    }
    EXPECT_EQUAL(answered, busy);
    EXPECT(!asked) && EXPECT(asked.fault().kind == rt::FaultKind::read) &&
        EXPECT_EQUAL(asked.fault().address, claimed); // where the service was to return
}

} // namespace

POSTERN_SERVICES(rt::provide<worker::restart, handle_restart>(rt::Callers::any()),
                 rt::provide<worker::have_bob_ask, handle_have_bob_ask>(rt::Callers::any()));
POSTERN_CROSS_CALLS(worker::to_bob, worker::to_alice);

POSTERN_TEST("deny.restart.in_a_service_of_the_caller", SHOWS(open_call_keeps_its_life)) {
    const Kept kept;
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::ask_entry, alice).value_or(0), busy);
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::ask_twice_entry, alice).value_or(0), busy);
}

POSTERN_TEST("deny.restart.in_a_service_of_the_callers_callee", SHOWS(open_call_keeps_its_life)) {
    const Kept kept;
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::ask_by_service_entry, alice).value_or(0), busy);
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::ask_by_service_entry, bob).value_or(0), busy);
}

POSTERN_TEST("deny.restart.in_a_cross_call", SHOWS(open_call_keeps_its_life)) {
    const Kept kept;
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::ask_by_cross_call_entry, alice).value_or(0), busy);
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::ask_by_cross_call_entry, bob).value_or(0), busy);
}

POSTERN_TEST("deny.restart.in_a_signal_handler", SHOWS(open_call_keeps_its_life)) {
    const Kept kept;
    EXPECT(bool(rt::on_signal(rt::Signal::user1, restart_both)));
    EXPECT(bool(rt::sys::raise(rt::Signal::user1)));
    EXPECT_EQUAL(answered, 2 * busy);
    EXPECT(bool(rt::on_signal(rt::Signal::user1, nullptr)));
}

POSTERN_TEST("run.restart.of_another_domain_in_a_service", SHOWS(open_call_keeps_its_life)) {
    const Kept kept;
    const uint64_t life = rt::life_of(Domain::bob);
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::ask_entry, bob).value_or(busy), 0);
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::ask_twice_entry, bob).value_or(busy), 0);
    EXPECT_EQUAL(rt::life_of(Domain::bob), life + 3);
    EXPECT_EQUAL(memory::changed(Domain::bob), 0);
}

// The stack words of the slot hold what domains claim while a service of theirs is served. These
// claims make alice's word what it is while no call is open, and what it is while she takes none.
POSTERN_TEST("attack.restart.claimed_stacks_hide_no_open_call", SHOWS(open_call_keeps_its_life),
             TRIES(attack_106)) {
    constexpr uint64_t red_zone = 128;
    ask_with_stack(rt::domain::top_of(rt::domain::stack_of(Domain::alice)) + red_zone);
    ask_with_stack(red_zone);
}
