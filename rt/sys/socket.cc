/// System calls on sockets.
#include "rt/sys/socket.h"

#include <asm/poll.h>
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/sys/call.h"
#include "rt/sys/limit.h"
#include "rt/sys/socket_numbers.h"
#include "rt/sys/socket_option.h"

namespace rt::sys {

using base::Done;
using base::Errno;
using base::Result;

namespace {

int number_of(Family family) {
    switch (family) {
    case Family::local:
        return numbers::af_unix;
    case Family::ipv4:
        return numbers::af_inet;
    case Family::ipv6:
        return numbers::af_inet6;
    }
    return 0;
}

/// SOCK_CLOEXEC and SOCK_NONBLOCK are O_CLOEXEC and O_NONBLOCK. [linux net.h v6.12]
int flags_of(Waits waits) {
    return O_CLOEXEC | (waits == Waits::yes ? 0 : O_NONBLOCK);
}

int type_of(Transport transport, Waits waits) {
    switch (transport) {
    case Transport::stream:
        return numbers::sock_stream | flags_of(waits);
    case Transport::datagrams:
        return numbers::sock_dgram | flags_of(waits);
    case Transport::packets:
        return numbers::sock_seqpacket | flags_of(waits);
    }
    return 0;
}

Result<SocketAddress> address_by(long call, Descriptor socket) {
    SocketAddress address;
    address.bytes() = SocketAddress::room;
    const auto done = result_of<Done>(call_raw(call, socket, address.data(), &address.bytes()));
    if (!done) {
        return done.error();
    }
    // The kernel tells the whole length, even if it exceeds the room.
    if (address.bytes() > SocketAddress::room) {
        address.bytes() = SocketAddress::room;
    }
    return address;
}

/// Makes a call again after each signal. The kernel would begin a socket's timeout anew with each
/// of them; here the first one alone does.
class Attempts {
public:
    /// `events`: what is waited for. [poll(2)]
    Attempts(Descriptor socket, short events) : socket_(socket), events_(events) {}

    template <class Call>
    auto run(Call call) const -> decltype(call()) {
        auto done = call();
        if (!is_to_go_on(done)) {
            return done;
        }
        const Limit limit(timeout());
        while (is_to_go_on(done)) {
            if (!is_ready_within(limit)) {
                return base::has_deadline_passed() ? Errno::interrupted : Errno::try_again;
            }
            done = call();
        }
        return done;
    }

private:
    /// In milliseconds, rounded up.
    uint32_t timeout() const {
        const auto set = events_ == POLLIN ? receive_timeout(socket_) : send_timeout(socket_);
        const uint64_t milliseconds = (set.value_or(0) + 999'999) / 1'000'000;
        return milliseconds == 0 || milliseconds > no_limit ? no_limit
                                                            : static_cast<uint32_t>(milliseconds);
    }

    /// False if the time is over, or that of the domain on whose behalf it waits.
    bool is_ready_within(const Limit &limit) const {
        for (;;) {
            const int left = limit.left();
            if (left <= 0) {
                return left < 0; // without end, the call itself waits
            }
            pollfd waited{static_cast<int>(socket_), events_, 0};
            const auto ready = result_of<long>(call_raw(__NR_poll, &waited, 1, left));
            if (ready || !is_to_go_on(ready)) {
                return ready && ready.value() != 0;
            }
        }
    }

    Descriptor socket_;
    short events_;
};

} // namespace

Result<Descriptor> socket(Family family, Transport transport, Waits waits) {
    return result_of<Descriptor>(
        call_raw(__NR_socket, number_of(family), type_of(transport, waits), 0));
}

Result<SocketPair> socket_pair(Transport transport, Waits waits) {
    SocketPair pair{};
    const auto done = result_of<Done>(
        call_raw(__NR_socketpair, numbers::af_unix, type_of(transport, waits), 0, &pair));
    return done ? Result<SocketPair>(pair) : done.error();
}

Result<Done> bind(Descriptor socket, const SocketAddress &address) {
    return result_of<Done>(call_raw(__NR_bind, socket, address.data(), address.bytes()));
}

Result<Done> listen(Descriptor socket, uint32_t waiting) {
    return result_of<Done>(call_raw(__NR_listen, socket, waiting));
}

Result<Descriptor> accept(Descriptor listener, Waits waits) {
    return Attempts(listener, POLLIN).run([=] {
        return result_of<Descriptor>(call_raw(__NR_accept4, listener, 0, 0, flags_of(waits)));
    });
}

/// A connect that a signal has interrupted goes on, and the next one waits for the same connection.
/// [linux af_inet.c v6.12 __inet_stream_connect]
Result<Done> connect(Descriptor socket, const SocketAddress &address) {
    return Attempts(socket, POLLOUT).run([&] {
        return result_of<Done>(call_raw(__NR_connect, socket, address.data(), address.bytes()));
    });
}

Result<size_t> receive(Descriptor socket, void *buffer, size_t bytes) {
    return Attempts(socket, POLLIN).run([=] {
        return result_of<size_t>(call_raw(__NR_recvfrom, socket, buffer, bytes, 0));
    });
}

Result<size_t> send(Descriptor socket, const void *buffer, size_t bytes) {
    return Attempts(socket, POLLOUT).run([=] {
        return result_of<size_t>(
            call_raw(__NR_sendto, socket, buffer, bytes, numbers::msg_nosignal));
    });
}

Result<Done> send_all(Descriptor socket, const void *buffer, size_t bytes) {
    const auto *rest = static_cast<const char *>(buffer);
    while (bytes != 0) {
        const auto done = send(socket, rest, bytes);
        if (!done) {
            return done.error();
        }
        rest += done.value();
        bytes -= done.value();
    }
    return Done{};
}

Result<Done> shut_down(Descriptor socket, Direction direction) {
    const int how = direction == Direction::receiving ? numbers::shut_rd
                    : direction == Direction::sending ? numbers::shut_wr
                                                      : numbers::shut_rdwr;
    return result_of<Done>(call_raw(__NR_shutdown, socket, how));
}

Result<SocketAddress> local_address(Descriptor socket) {
    return address_by(__NR_getsockname, socket);
}

Result<SocketAddress> peer_address(Descriptor socket) {
    return address_by(__NR_getpeername, socket);
}

} // namespace rt::sys
