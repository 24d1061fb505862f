/// System calls on sockets. A socket is an open file: read, write and close serve it, too, and a
/// domain may be granted it as any file (rt::grant_descriptor).
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/address.h"
#include "rt/sys/file.h"

namespace rt::sys {

// All sockets are close-on-exec. A call that waits here goes on after a signal. Only when the
// domain on whose behalf it waits has no time left (rt/trap/deadline.h), it ends with
// Errno::interrupted.

/// What a socket carries. [socket(2)]
enum class Transport : uint8_t {
    stream,    // bytes: TCP, or a local stream
    datagrams, // messages: UDP, or local messages
    packets,   // messages of a connection: SOCK_SEQPACKET, local sockets alone
};

/// Whether calls on a socket wait: without it they end with Errno::try_again where they would.
enum class Waits : bool { no, yes };

/// A new socket. EAFNOSUPPORT where the kernel lacks the family.
base::Result<Descriptor> socket(Family family, Transport transport, Waits waits = Waits::yes);

/// Two local sockets that are connected to each other. [socketpair(2)]
struct SocketPair {
    Descriptor one, other;
};
base::Result<SocketPair> socket_pair(Transport transport, Waits waits = Waits::yes);

/// Gives the socket its address. EADDRINUSE if another has it; for a path also if there is any file
/// of that name. [bind(2)]
base::Result<base::Done> bind(Descriptor socket, const SocketAddress &address);

/// Lets others connect; at most `waiting` connections wait to be accepted, or as many as the kernel
/// permits. [listen(2)]
base::Result<base::Done> listen(Descriptor socket, uint32_t waiting);

/// The next connection, as a socket of its own, which waits as `waits` says, whatever `listener`
/// does. ECONNABORTED if it has ended already: the next may be good. [accept4(2)]
base::Result<Descriptor> accept(Descriptor listener, Waits waits = Waits::yes);

/// EINPROGRESS from a socket that does not wait: it is connected, or has failed, once it can be
/// written, and take_error says which. [connect(2)]
base::Result<base::Done> connect(Descriptor socket, const SocketAddress &address);

/// Up to `bytes` bytes into monitor memory; 0 at the end of a stream. Of a message the rest is
/// lost. [recv(2)]
base::Result<size_t> receive(Descriptor socket, void *buffer, size_t bytes);

/// Up to `bytes` bytes from monitor memory; may send fewer. EPIPE if the other end is closed,
/// without a SIGPIPE, whatever its handler is. [send(2) MSG_NOSIGNAL]
base::Result<size_t> send(Descriptor socket, const void *buffer, size_t bytes);

/// All of `bytes`, in as many sends as it takes; what was sent before an error stays sent. For
/// sockets that wait.
base::Result<base::Done> send_all(Descriptor socket, const void *buffer, size_t bytes);

/// Ends one direction or both of a connection; the other side reads its end. [shutdown(2)]
enum class Direction : uint8_t { receiving, sending, both };
base::Result<base::Done> shut_down(Descriptor socket, Direction direction);

/// The socket's own address: with the port that the kernel has chosen. [getsockname(2)]
base::Result<SocketAddress> local_address(Descriptor socket);

/// The other end's address. ENOTCONN without one. [getpeername(2)]
base::Result<SocketAddress> peer_address(Descriptor socket);

} // namespace rt::sys
