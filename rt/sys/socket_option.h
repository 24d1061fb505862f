/// Options of sockets, each with its type.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/file.h"

namespace rt::sys {

// Every one of these is ENOTSOCK for a file that is no socket, and ENOPROTOOPT or EOPNOTSUPP for a
// socket that has no such option.

/// Lets a listener bind a TCP port that ended connections of an earlier one still hold. [socket(7)
/// SO_REUSEADDR]
base::Result<base::Done> reuse_address(Descriptor socket, bool on);

/// Sends small pieces at once instead of waiting for more. [tcp(7) TCP_NODELAY]
base::Result<base::Done> send_at_once(Descriptor socket, bool on);

/// Takes the socket's pending error: a success if there is none. After Errno::in_progress it says
/// how the connecting has ended. [socket(7) SO_ERROR]
base::Result<base::Done> take_error(Descriptor socket);

/// The process at the other end of a local socket, as it was when it connected or listened. Of a
/// process outside of this one's namespace the number is 0. [unix(7) SO_PEERCRED]
struct Peer {
    int32_t process;
    uint32_t user;
    uint32_t group;
};
base::Result<Peer> peer_of(Descriptor socket);

/// The longest that receive and accept wait on this socket, in nanoseconds, which the kernel rounds
/// to its ticks; then they end with Errno::try_again. The first signal in a wait begins its time
/// anew. 0 is without end. [socket(7) SO_RCVTIMEO]
base::Result<base::Done> set_receive_timeout(Descriptor socket, uint64_t nanoseconds);
base::Result<uint64_t> receive_timeout(Descriptor socket);

/// The same for send and connect, where a connect ends with Errno::in_progress. [socket(7)
/// SO_SNDTIMEO]
base::Result<base::Done> set_send_timeout(Descriptor socket, uint64_t nanoseconds);
base::Result<uint64_t> send_timeout(Descriptor socket);

} // namespace rt::sys
