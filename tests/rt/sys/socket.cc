/// Sockets through typed system calls: connections, messages, options, ends and errors.
#include "rt/sys/socket.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/epoll.h"
#include "rt/sys/path.h"
#include "rt/sys/process.h"
#include "rt/sys/socket_option.h"
#include "tests/rt/sys/loopback.h"
#include "tests/rt/sys/own_name.h"

namespace {

using harness::failed_with;
using rt::Errno;
using rt::sys::Descriptor;
using rt::sys::Direction;
using rt::sys::Family;
using rt::sys::Ipv4Address;
using rt::sys::SocketAddress;
using rt::sys::SocketPair;
using rt::sys::Transport;
using rt::sys::UnixAddress;
using rt::sys::Waits;

constexpr auto no_file = static_cast<Descriptor>(999);

bool close_all(auto... sockets) {
    return (bool(rt::sys::close(sockets)) && ...);
}

/// A listener, a connection to it, and the connection's accepted end.
struct Connection {
    Descriptor listener, client, accepted;

    Connection(Family family, Descriptor listening, const SocketAddress &address)
        : listener(listening), client(rt::sys::socket(family, Transport::stream).value_or(no_file)),
          accepted(no_file) {
        EXPECT(bool(rt::sys::connect(client, address)));
        accepted = rt::sys::accept(listener).value_or(no_file);
    }
    ~Connection() { EXPECT(close_all(listener, client, accepted)); }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Bytes both ways, then the end of each direction.
    void expect_carries() const {
        char got[16] = {};
        EXPECT_EQUAL(rt::sys::send(client, "ping", 4).value_or(0), 4);
        EXPECT_EQUAL(rt::sys::receive(accepted, got, sizeof got).value_or(0), 4);
        EXPECT_EQUAL(__builtin_memcmp(got, "ping", 4), 0);
        EXPECT(bool(rt::sys::send_all(accepted, "answer", 6)));
        EXPECT(bool(rt::sys::send_all(accepted, "", 0)));
        EXPECT_EQUAL(rt::sys::read(client, got, sizeof got).value_or(0), 6); // a file as any
        EXPECT(bool(rt::sys::shut_down(client, Direction::sending)));
        EXPECT_EQUAL(rt::sys::receive(accepted, got, sizeof got).value_or(1), 0);
        EXPECT_EQUAL(rt::sys::send(accepted, "still", 5).value_or(0), 5);
        EXPECT_EQUAL(rt::sys::receive(client, got, sizeof got).value_or(0), 5);
        EXPECT(failed_with(rt::sys::send(client, "x", 1), Errno::broken_pipe));
    }
};

Descriptor local_listener(const SocketAddress &address) {
    const auto made = rt::sys::socket(Family::local, Transport::stream);
    EXPECT(bool(made)) && EXPECT(bool(rt::sys::bind(made.value(), address))) &&
        EXPECT(bool(rt::sys::listen(made.value(), 4)));
    return made.value_or(no_file);
}

void over_tcp(Family family) {
    if (!loopback::is_up(family)) {
        return harness::skip("the loopback interface has no address of this family here, and the "
                             "test may not begin it");
    }
    const auto listener = loopback::listener(family);
    if (!EXPECT(bool(listener))) {
        return;
    }
    const auto address = rt::sys::local_address(listener.value()).value();
    const Connection connection(family, listener.value(), address);
    EXPECT(bool(rt::sys::send_at_once(connection.client, true)));
    const auto of_client = rt::sys::local_address(connection.client).value();
    const auto seen = rt::sys::peer_address(connection.accepted).value();
    if (family == Family::ipv4) {
        EXPECT(address.as_ipv4().value().port != 0);
        EXPECT(address.as_ipv4().value() == Ipv4Address::loopback(address.as_ipv4().value().port));
        EXPECT(of_client.as_ipv4().value() == seen.as_ipv4().value());
    } else {
        EXPECT(address.as_ipv6().value().port != 0);
        EXPECT(of_client.as_ipv6().value() == seen.as_ipv6().value());
    }
    connection.expect_carries();
}

/// The beginning of a program that has not changed what a signal does.
void let_pipe_end_the_program() {
    constexpr uint64_t by_default[4] = {};
    rt::sys::call_raw(__NR_rt_sigaction, rt::sys::Signal::pipe, by_default, 0, sizeof(uint64_t));
}

} // namespace

POSTERN_TEST("run.sockets.a_local_stream_by_path", SHOWS(sockets_are_typed)) {
    rt::base::Line line = own_name::of("/tmp/postern test");
    const char *path = line.append('\0').text();
    static_cast<void>(rt::sys::remove_name(path)); // of an earlier run
    const auto address = UnixAddress::of_path(path).value();
    const Descriptor listener = local_listener(address);
    const auto second = rt::sys::socket(Family::local, Transport::stream).value();
    EXPECT(failed_with(rt::sys::bind(second, address), Errno::address_in_use));
    EXPECT(failed_with(rt::sys::peer_address(second), Errno::not_connected));
    EXPECT(bool(rt::sys::close(second)));
    {
        const Connection connection(Family::local, listener, address);
        EXPECT(rt::sys::local_address(listener).value().as_unix().value() == address);
        EXPECT(rt::sys::peer_address(connection.client).value().as_unix().value() == address);
        EXPECT_EQUAL(rt::sys::peer_address(connection.accepted).value().as_unix().value().bytes(),
                     0); // the client has no name
        EXPECT_EQUAL(rt::sys::peer_of(connection.client).value().process, rt::sys::getpid());
        EXPECT_EQUAL(rt::sys::peer_of(connection.accepted).value().user,
                     rt::sys::call_raw(__NR_geteuid));
        connection.expect_carries();
    }
    const auto late = rt::sys::socket(Family::local, Transport::stream).value();
    EXPECT(failed_with(rt::sys::connect(late, address), Errno::connection_refused));
    EXPECT(bool(rt::sys::remove_name(path)));
    EXPECT(failed_with(rt::sys::remove_name(path), Errno::no_such_file));
    EXPECT(failed_with(rt::sys::connect(late, address), Errno::no_such_file));
    EXPECT(bool(rt::sys::close(late)));
}

// Names of the edges' lengths, and one that only a zero and what follows it tells from another.
POSTERN_TEST("run.sockets.a_local_stream_by_abstract_name", SHOWS(sockets_are_typed)) {
    char name[UnixAddress::longest];
    __builtin_memset(name, 'n', sizeof name);
    name[50] = '\0';
    const int process = rt::sys::getpid(); // no other run has these names
    __builtin_memcpy(name, &process, sizeof process);
    for (size_t round = 0; round < 2; ++round) {
        const auto address = UnixAddress::of_abstract_name(name, sizeof name).value();
        const auto other = UnixAddress::of_abstract_name(name, 50).value();
        const Descriptor listener = local_listener(address);
        const Connection connection(Family::local, listener, address);
        EXPECT(rt::sys::local_address(listener).value().as_unix().value() == address);
        const auto stranger = rt::sys::socket(Family::local, Transport::stream).value();
        EXPECT(failed_with(rt::sys::connect(stranger, other), Errno::connection_refused));
        EXPECT(bool(rt::sys::close(stranger)));
        connection.expect_carries();
    }
}

POSTERN_TEST("run.sockets.tcp_over_ipv4", SHOWS(sockets_are_typed)) {
    over_tcp(Family::ipv4);
}

POSTERN_TEST("run.sockets.tcp_over_ipv6", SHOWS(sockets_are_typed)) {
    over_tcp(Family::ipv6);
}

// The port that an ended connection still holds: without the option it is in use.
POSTERN_TEST("run.sockets.a_port_is_used_again", SHOWS(sockets_are_typed)) {
    if (!loopback::is_up(Family::ipv4)) {
        return harness::skip("the loopback interface has no address of this family here, and the "
                             "test may not begin it");
    }
    const auto listener = loopback::listener(Family::ipv4).value();
    const auto address = rt::sys::local_address(listener).value();
    const auto client = rt::sys::socket(Family::ipv4, Transport::stream).value();
    EXPECT(bool(rt::sys::connect(client, address)));
    const auto accepted = rt::sys::accept(listener).value();
    EXPECT(close_all(listener, accepted, client)); // the listener's end first: it waits
    const auto next = rt::sys::socket(Family::ipv4, Transport::stream).value();
    EXPECT(failed_with(rt::sys::bind(next, address), Errno::address_in_use));
    EXPECT(bool(rt::sys::reuse_address(next, true)));
    EXPECT(rt::sys::bind(next, address) && rt::sys::listen(next, 1));
    EXPECT(bool(rt::sys::close(next)));
    EXPECT(failed_with(
        rt::sys::connect(rt::sys::socket(Family::ipv4, Transport::stream).value(), address),
        Errno::connection_refused));
}

POSTERN_TEST("run.sockets.messages_stay_apart", SHOWS(sockets_are_typed)) {
    constexpr Transport kinds[] = {Transport::datagrams, Transport::packets};
    for (const Transport kind : kinds) {
        const SocketPair pair = rt::sys::socket_pair(kind).value();
        EXPECT(rt::sys::send(pair.one, "first", 5) && rt::sys::send(pair.one, "second", 6));
        char got[16] = {};
        EXPECT_EQUAL(rt::sys::receive(pair.other, got, 3).value_or(0), 3); // "st" is lost
        EXPECT_EQUAL(rt::sys::receive(pair.other, got, sizeof got).value_or(0), 6);
        EXPECT_EQUAL(__builtin_memcmp(got, "second", 6), 0);
        EXPECT(close_all(pair.one, pair.other));
    }
}

POSTERN_TEST("run.sockets.those_that_do_not_wait", SHOWS(sockets_are_typed)) {
    const auto address = own_name::abstract("postern test");
    const auto listener = rt::sys::socket(Family::local, Transport::stream, Waits::no).value();
    EXPECT(rt::sys::bind(listener, address) && rt::sys::listen(listener, 0));
    EXPECT(failed_with(rt::sys::accept(listener), Errno::try_again));
    const auto client = rt::sys::socket(Family::local, Transport::stream, Waits::no).value();
    EXPECT(bool(rt::sys::connect(client, address)));
    const auto next = rt::sys::socket(Family::local, Transport::stream, Waits::no).value();
    EXPECT(failed_with(rt::sys::connect(next, address), Errno::try_again)); // no room to wait in
    const auto accepted = rt::sys::accept(listener, Waits::no).value();
    char got[16];
    EXPECT(failed_with(rt::sys::receive(accepted, got, sizeof got), Errno::try_again));
    // The last send is a part of what it was given; the next has no room at all.
    static const char bytes[1 << 16] = {};
    size_t sent = 0;
    auto last = rt::sys::send(client, bytes, sizeof bytes);
    for (; last; last = rt::sys::send(client, bytes, sizeof bytes)) {
        sent += last.value();
    }
    EXPECT(sent > 0 && failed_with(last, Errno::try_again));
    static char sink[1 << 16];
    size_t received = 0;
    for (auto part = rt::sys::receive(accepted, sink, sizeof sink); part;
         part = rt::sys::receive(accepted, sink, sizeof sink)) {
        received += part.value();
    }
    EXPECT_EQUAL(received, sent);
    EXPECT(close_all(listener, client, next, accepted));
}

// A waiting socket to which a part was sent before the other end has closed; and SIGPIPE as it is
// in a program that has not changed it.
POSTERN_TEST("run.sockets.a_send_to_a_closed_end_is_an_error", SHOWS(sockets_are_typed)) {
    const auto end = harness::in_child([] {
        let_pipe_end_the_program();
        const SocketPair pair = rt::sys::socket_pair(Transport::stream).value();
        const bool closed = bool(rt::sys::close(pair.other));
        const auto sent = rt::sys::send(pair.one, "x", 1);
        const auto all = rt::sys::send_all(pair.one, "x", 1);
        rt::sys::exit(closed && failed_with(sent, Errno::broken_pipe) &&
                              failed_with(all, Errno::broken_pipe)
                          ? 0
                          : 1);
    });
    EXPECT_EQUAL(end.signal, 0);
    EXPECT_EQUAL(end.exit_status, 0);
}

POSTERN_TEST("run.sockets.are_closed_by_exec", SHOWS(sockets_are_typed)) {
    constexpr long get_flags = 1, close_on_exec = 1; // F_GETFD, FD_CLOEXEC
    const auto address = own_name::abstract("postern exec");
    const Connection connection(Family::local, local_listener(address), address);
    const SocketPair pair = rt::sys::socket_pair(Transport::packets, Waits::no).value();
    const auto epoll = rt::sys::open_epoll().value();
    const Descriptor all[] = {connection.listener, connection.client, connection.accepted, pair.one,
                              pair.other,          Descriptor(epoll)};
    for (const Descriptor one : all) {
        EXPECT_EQUAL(rt::sys::call_raw(__NR_fcntl, one, get_flags), close_on_exec);
    }
    EXPECT(close_all(pair.one, pair.other) && rt::sys::close(epoll));
}

POSTERN_TEST("run.sockets.errors_have_names", SHOWS(sockets_are_typed)) {
    char got[8];
    const auto stream = rt::sys::socket(Family::local, Transport::stream).value();
    EXPECT(failed_with(rt::sys::listen(stream, 1), Errno::invalid)); // it has no name
    EXPECT(failed_with(rt::sys::accept(stream), Errno::invalid));
    EXPECT(failed_with(rt::sys::receive(stream, got, 8), Errno::invalid));
    EXPECT(failed_with(rt::sys::send(stream, got, 8), Errno::not_connected));
    EXPECT(failed_with(rt::sys::send_at_once(stream, true), Errno::not_supported));
    EXPECT(failed_with(rt::sys::bind(stream, Ipv4Address::loopback(1)), Errno::invalid));
    EXPECT(bool(rt::sys::take_error(stream)));
    EXPECT(bool(rt::sys::close(stream)));
    const Descriptor wrong[] = {no_file, Descriptor::error};
    for (const Descriptor file : wrong) {
        const auto error = file == no_file ? Errno::bad_descriptor : Errno::not_a_socket;
        EXPECT(failed_with(rt::sys::accept(file), error));
        EXPECT(failed_with(rt::sys::receive(file, got, 8), error));
        EXPECT(failed_with(rt::sys::send(file, got, 8), error));
        EXPECT(failed_with(rt::sys::shut_down(file, Direction::both), error));
        EXPECT(failed_with(rt::sys::local_address(file), error));
        EXPECT(failed_with(rt::sys::peer_of(file), error));
        EXPECT(failed_with(rt::sys::take_error(file), error));
        EXPECT(failed_with(rt::sys::set_receive_timeout(file, 1), error));
    }
}
