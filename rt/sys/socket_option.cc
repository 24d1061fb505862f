/// Options of sockets.
#include "rt/sys/socket_option.h"

#include <asm/socket.h>
#include <asm/unistd.h>
#include <linux/tcp.h>
#include <linux/time_types.h>

#include "rt/sys/call.h"
#include "rt/sys/socket_numbers.h"

namespace rt::sys {

using base::Done;
using base::Errno;
using base::Result;

namespace {

template <class T>
Result<Done> set(Descriptor socket, int level, int option, const T &value) {
    return result_of<Done>(call_raw(__NR_setsockopt, socket, level, option, &value, sizeof value));
}

/// EINVAL if the kernel has another size for it.
template <class T>
Result<T> get(Descriptor socket, int level, int option) {
    T value{};
    uint32_t bytes = sizeof value;
    const auto done =
        result_of<Done>(call_raw(__NR_getsockopt, socket, level, option, &value, &bytes));
    if (!done) {
        return done.error();
    }
    return bytes == sizeof value ? Result<T>(value) : Errno::invalid;
}

/// In microseconds, rounded up: 0 would be without end.
Result<Done> set_timeout(Descriptor socket, int option, uint64_t nanoseconds) {
    const uint64_t microseconds = nanoseconds / 1000 + (nanoseconds % 1000 != 0 ? 1 : 0);
    return set(socket, SOL_SOCKET, option,
               __kernel_old_timeval{static_cast<long>(microseconds / 1'000'000),
                                    static_cast<long>(microseconds % 1'000'000)});
}

/// The kernel tells it in whole ticks.
Result<uint64_t> timeout(Descriptor socket, int option) {
    const auto time = get<__kernel_old_timeval>(socket, SOL_SOCKET, option);
    if (!time) {
        return time.error();
    }
    return static_cast<uint64_t>(time.value().tv_sec) * 1'000'000'000 +
           static_cast<uint64_t>(time.value().tv_usec) * 1000;
}

} // namespace

Result<Done> reuse_address(Descriptor socket, bool on) {
    return set(socket, SOL_SOCKET, SO_REUSEADDR, int{on});
}

Result<Done> send_at_once(Descriptor socket, bool on) {
    return set(socket, numbers::sol_tcp, TCP_NODELAY, int{on});
}

Result<Done> take_error(Descriptor socket) {
    const auto error = get<int>(socket, SOL_SOCKET, SO_ERROR);
    if (!error) {
        return error.error();
    }
    return error.value() == 0 ? Result<Done>(Done{}) : static_cast<Errno>(error.value());
}

Result<Peer> peer_of(Descriptor socket) {
    return get<Peer>(socket, SOL_SOCKET, SO_PEERCRED);
}

Result<Done> set_receive_timeout(Descriptor socket, uint64_t nanoseconds) {
    return set_timeout(socket, SO_RCVTIMEO, nanoseconds);
}

Result<uint64_t> receive_timeout(Descriptor socket) {
    return timeout(socket, SO_RCVTIMEO);
}

Result<uint64_t> send_timeout(Descriptor socket) {
    return timeout(socket, SO_SNDTIMEO);
}

Result<Done> set_send_timeout(Descriptor socket, uint64_t nanoseconds) {
    return set_timeout(socket, SO_SNDTIMEO, nanoseconds);
}

} // namespace rt::sys
