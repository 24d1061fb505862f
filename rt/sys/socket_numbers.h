/// Numbers of sockets that the kernel's headers for programs do not have: C libraries define them.
#pragma once

namespace rt::sys::numbers {

// [linux socket.h v6.12]
inline constexpr int af_unix = 1, af_inet = 2, af_inet6 = 10;
inline constexpr int msg_nosignal = 0x4000;
inline constexpr int sol_tcp = 6;

// [linux net.h v6.12]
inline constexpr int sock_stream = 1, sock_dgram = 2, sock_seqpacket = 5;
inline constexpr int shut_rd = 0, shut_wr = 1, shut_rdwr = 2;

} // namespace rt::sys::numbers
