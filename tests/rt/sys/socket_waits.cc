/// Waits on sockets: signals do not end them, timeouts and the deadlines of domains do.
#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/epoll.h"
#include "rt/sys/process.h"
#include "rt/sys/socket.h"
#include "rt/sys/socket_option.h"
#include "rt/sys/timer.h"
#include "tests/rt/signal/ticks.h"
#include "tests/rt/sys/own_name.h"

namespace {

using harness::failed_with;
using rt::Errno;
using rt::sys::Descriptor;
using rt::sys::Epoll;
using rt::sys::Family;
using rt::sys::Interest;
using rt::sys::Readiness;
using rt::sys::SocketPair;
using rt::sys::Transport;
using rt::sys::UnixAddress;

constexpr uint64_t millisecond = 1'000'000;
constexpr auto no_file = static_cast<Descriptor>(999);

bool close_all(auto... sockets) {
    return (bool(rt::sys::close(sockets)) && ...);
}

const UnixAddress &name() {
    static const UnixAddress made = own_name::abstract("postern waits");
    return made;
}

/// One socket for each wait: none of them ends by itself.
struct Waiting {
    Descriptor listener = rt::sys::socket(Family::local, Transport::stream).value_or(no_file);
    Descriptor first = rt::sys::socket(Family::local, Transport::stream).value_or(no_file);
    Descriptor late = rt::sys::socket(Family::local, Transport::stream).value_or(no_file);
    SocketPair pair = rt::sys::socket_pair(Transport::stream).value();
    SocketPair full = rt::sys::socket_pair(Transport::stream).value();
    Epoll epoll = rt::sys::open_epoll().value();

    /// Without `room` a connection waits already: a connect waits, and an accept does not.
    explicit Waiting(bool room) {
        EXPECT(rt::sys::bind(listener, name()) && rt::sys::listen(listener, 0));
        EXPECT(bool(rt::sys::add(epoll, pair.one, Interest::reading, 1)));
        EXPECT(room || rt::sys::connect(first, name()));
        static const char bytes[1 << 12] = {};
        constexpr long do_not_wait = 0x40; // MSG_DONTWAIT [recv(2)]
        while (rt::sys::call_raw(__NR_sendto, full.one, bytes, sizeof bytes, do_not_wait) > 0) {
        }
    }
    ~Waiting() {
        EXPECT(close_all(listener, first, late, pair.one, pair.other, full.one, full.other, epoll));
    }
    Waiting(const Waiting &) = delete;
    Waiting &operator=(const Waiting &) = delete;
};
constinit const Waiting *waiting = nullptr;

enum class Wait : uint64_t { accept, connect, receive, send, send_all, epoll };
constexpr Wait waits[] = {Wait::accept, Wait::connect,  Wait::receive,
                          Wait::send,   Wait::send_all, Wait::epoll};

Errno error_of(const auto &result) {
    return result ? Errno::none : result.error();
}

Errno do_wait(Wait wait) {
    char byte = 0;
    Readiness found[1];
    switch (wait) {
    case Wait::accept:
        return error_of(rt::sys::accept(waiting->listener));
    case Wait::connect:
        return error_of(rt::sys::connect(waiting->late, name()));
    case Wait::receive:
        return error_of(rt::sys::receive(waiting->pair.one, &byte, 1));
    case Wait::send:
        return error_of(rt::sys::send(waiting->full.one, &byte, 1));
    case Wait::send_all:
        return error_of(rt::sys::send_all(waiting->full.one, &byte, 1));
    case Wait::epoll:
        return error_of(rt::sys::wait(waiting->epoll, found, 1, rt::sys::no_limit));
    }
    return Errno::none;
}

constinit Errno error_seen = Errno::none;
constexpr rt::Service<1, void(uint64_t)> wait_for_me;
void handle_wait(Domain, uint64_t wait) {
    error_seen = do_wait(static_cast<Wait>(wait));
}

/// In alice.
void wait_on(uint64_t wait) {
    wait_for_me(wait);
}
constexpr rt::Entry<Domain::alice, wait_on> waits_on;

void set_timeouts(uint64_t nanoseconds) {
    const Descriptor all[] = {waiting->listener, waiting->late, waiting->pair.one,
                              waiting->full.one};
    for (const Descriptor one : all) {
        EXPECT(rt::sys::set_receive_timeout(one, nanoseconds) &&
               rt::sys::set_send_timeout(one, nanoseconds));
    }
}

/// Whether each wait on a socket ends by this timeout, and not before it is over.
bool are_ended_after(uint64_t nanoseconds) {
    bool good = true;
    for (const Wait wait : waits) {
        const Waiting made(wait == Wait::accept);
        waiting = &made;
        set_timeouts(nanoseconds);
        const uint64_t begun = rt::sys::monotonic_nanoseconds();
        good = good &&
               (wait == Wait::epoll || (do_wait(wait) == Errno::try_again &&
                                        rt::sys::monotonic_nanoseconds() - begun >= nanoseconds));
    }
    return good;
}

/// Runs `body`, in a child that a timer ends: a wait without end fails its case.
void expect_good(bool (*body)()) {
    static constinit bool (*current)() = nullptr;
    current = body;
    const auto end = harness::in_child([] {
        constexpr uint64_t patience = 60'000 * millisecond;
        const auto timer = rt::sys::create_timer(rt::sys::Signal::kill);
        const uint64_t last = rt::sys::monotonic_nanoseconds() + patience;
        const bool armed = timer && rt::sys::set_timer(timer.value(), last);
        rt::sys::exit(armed && current() ? 0 : 1);
    });
    EXPECT_EQUAL(end.signal, 0);
    EXPECT_EQUAL(end.exit_status, 0);
}

} // namespace

POSTERN_SERVICES(rt::provide<wait_for_me, handle_wait>(Domain::alice));

// The monitor waits for alice, who has no time left: each wait ends, whatever it is for. On a busy
// machine her time may be over before she asks, so it is doubled until she has.
POSTERN_TEST("run.sockets.a_deadline_ends_each_wait", SHOWS(waits_on_sockets_end)) {
    for (const Wait wait : waits) {
        const Waiting made(wait == Wait::accept);
        waiting = &made;
        error_seen = Errno::none;
        for (uint64_t time = 5; error_seen == Errno::none && time < 10'000; time *= 2) {
            const auto cut = rt::call_within<Domain::alice>(time * millisecond, waits_on,
                                                            static_cast<uint64_t>(wait));
            EXPECT(!cut) && EXPECT(cut.fault().kind == rt::FaultKind::deadline);
        }
        EXPECT_EQUAL(error_seen, Errno::interrupted);
    }
}

POSTERN_TEST("run.sockets.timeouts_end_a_wait", SHOWS(waits_on_sockets_end)) {
    EXPECT(are_ended_after(30 * millisecond));
    const SocketPair pair = rt::sys::socket_pair(Transport::stream).value();
    EXPECT_EQUAL(rt::sys::receive_timeout(pair.one).value_or(1), 0);
    EXPECT(bool(rt::sys::set_receive_timeout(pair.one, 1))); // never without end by rounding
    EXPECT(rt::sys::receive_timeout(pair.one).value_or(0) > 0);
    EXPECT(rt::sys::set_send_timeout(pair.one, 2'000 * millisecond) &&
           rt::sys::send_timeout(pair.one).value_or(0) == 2'000 * millisecond);
    EXPECT(close_all(pair.one, pair.other));
}

// A signal each millisecond: a timeout that began anew with each would never end.
POSTERN_TEST("run.sockets.timeouts_end_a_wait_among_signals", SHOWS(waits_on_sockets_end)) {
    expect_good([] {
        const ticks::Ticks ticks(1000);
        return are_ended_after(30 * millisecond) && ticks::seen() > 5;
    });
}

POSTERN_TEST("run.epoll.time_is_over_among_signals", SHOWS(waits_on_sockets_end)) {
    expect_good([] {
        const Waiting made(true);
        const ticks::Ticks ticks(1000);
        Readiness found[1];
        const uint64_t begun = rt::sys::monotonic_nanoseconds();
        return rt::sys::wait(made.epoll, found, 1, 40).value_or(9) == 0 && ticks::seen() > 5 &&
               rt::sys::monotonic_nanoseconds() - begun >= 40 * millisecond;
    });
}

// A child sends a byte later.
POSTERN_TEST("run.sockets.a_wait_goes_on_after_a_signal", SHOWS(waits_on_sockets_end)) {
    const Waiting made(true);
    constexpr long sigchld = 17;
    const long child = rt::sys::call_raw(__NR_clone, sigchld);
    if (child == 0) {
        rt::sys::sleep(30 * millisecond);
        rt::sys::exit(rt::sys::send(made.pair.other, "x", 1) ? 0 : 1);
    }
    {
        const ticks::Ticks ticks(1000);
        Readiness found[1];
        char byte = 0;
        EXPECT_EQUAL(rt::sys::wait(made.epoll, found, 1, rt::sys::no_limit).value_or(0), 1);
        EXPECT_EQUAL(rt::sys::receive(made.pair.one, &byte, 1).value_or(0), 1);
        EXPECT(ticks::seen() > 0);
    }
    EXPECT(rt::sys::call_raw(__NR_wait4, child) == child);
}
