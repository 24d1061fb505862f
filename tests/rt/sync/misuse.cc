/// What would wait for itself, or for a domain, ends the program with a line; a domain's wait ends
/// in time.
#include "rt/sys/signal.h"
#include "tests/harness/harness.h"

namespace {

constexpr uint64_t millisecond = 1'000'000;

constinit rt::Mutex mutex{"the test's"};
constinit rt::Semaphore none{0};

uint64_t one() {
    return 1;
}
constexpr rt::Entry<Domain::alice, one> alice_one;

constexpr rt::Service<1, uint64_t()> wait_for_me;
uint64_t handle_wait(Domain) {
    const auto got = none.acquire();
    return got ? 0 : static_cast<uint64_t>(got.error());
}
uint64_t wait_in_vain() {
    return wait_for_me();
}
constexpr rt::Entry<Domain::alice, wait_in_vain> alice_waits;

void lock(rt::Signal) {
    mutex.lock();
}
void wait(rt::Signal) {
    static_cast<void>(none.acquire());
}
template <void (*handler)(rt::Signal)>
void raise_with() {
    static_cast<void>(rt::on_signal(rt::Signal::user1, handler));
    static_cast<void>(rt::sys::raise(rt::Signal::user1));
}

bool ends_with(void (*body)(), const char *line) {
    const auto end = harness::in_child(body);
    return EXPECT_EQUAL(end.exit_status, 70) && EXPECT(end.says(line));
}

} // namespace

POSTERN_SERVICES(rt::provide<wait_for_me, handle_wait>(Domain::alice));

POSTERN_TEST("deny.sync.a_mutex_in_a_signal_handler", SHOWS(waiting_for_itself_is_one_line)) {
    EXPECT(ends_with(raise_with<lock>,
                     "a signal handler locks a mutex, the test's: the code that it interrupted may "
                     "hold it"));
    EXPECT(ends_with(raise_with<wait>, "a signal handler waits for a semaphore"));
}

POSTERN_TEST("deny.sync.a_mutex_twice_and_a_mutex_of_none", SHOWS(waiting_for_itself_is_one_line)) {
    EXPECT(ends_with(
        [] {
            mutex.lock();
            mutex.lock();
        },
        "a thread locks a mutex, the test's, that it holds already"));
    EXPECT(ends_with([] { mutex.unlock(); },
                     "a thread unlocks a mutex, the test's, that it does not hold"));
    EXPECT(ends_with(
        [] {
            rt::Once once{"the test's"};
            once.run([&once] { once.run([] {}); });
        },
        "a thread locks a mutex, the test's, that it holds already"));
}

POSTERN_TEST("deny.sync.a_domain_is_called_with_a_mutex", SHOWS(waiting_for_itself_is_one_line)) {
    EXPECT(ends_with(
        [] {
            const rt::Lock held(mutex);
            static_cast<void>(rt::call<Domain::alice>(alice_one));
        },
        "a domain is called while this thread holds 1 of its mutexes"));
    const auto called = rt::call<Domain::alice>(alice_one);
    EXPECT(bool(called)) && EXPECT_EQUAL(called.value(), 1);
}

POSTERN_TEST("run.sync.a_domains_deadline_ends_a_wait_of_the_monitors",
             SHOWS(deadline_cuts_a_domain)) {
    const auto ended = rt::call_within<Domain::alice>(5 * millisecond, alice_waits);
    EXPECT(!ended) && EXPECT(ended.fault().kind == rt::FaultKind::deadline);
}
