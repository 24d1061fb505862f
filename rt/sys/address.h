/// Addresses of sockets as values. The kernel's structures for them are made and read here alone.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/base/result.h"

namespace rt::sys {

/// Whose addresses a socket has. Sockets of other families are given up (rt/syscall/rules.h).
enum class Family : uint8_t { local, ipv4, ipv6 };

/// The name of a local socket: a path, or an abstract name. An abstract name is no file and has no
/// permissions: every process of the same network namespace may connect to it. [unix(7)]
class UnixAddress {
public:
    static constexpr size_t longest = 107; // bytes of a name

    /// A path of `bytes` bytes, none of them zero: EINVAL otherwise, or for none; ENAMETOOLONG for
    /// more than `longest`. The bytes are copied first, and only the copy is looked at.
    static base::Result<UnixAddress> of_path(const char *name, size_t bytes);
    /// The same for a null-terminated path.
    static base::Result<UnixAddress> of_path(const char *name);
    /// An abstract name of 1 to `longest` bytes, each of any value. The same errors.
    static base::Result<UnixAddress> of_abstract_name(const char *name, size_t bytes);

    bool is_abstract() const { return abstract_; }
    /// The bytes of the name; a path ends with a zero, which is not counted. A socket that was not
    /// bound has a name of 0 bytes.
    const char *name() const { return name_; }
    size_t bytes() const { return bytes_; }

    friend bool operator==(const UnixAddress &one, const UnixAddress &other);

private:
    friend class SocketAddress;
    UnixAddress() = default;
    static base::Result<UnixAddress> copy_of(const char *name, size_t bytes);

    char name_[longest + 1] = {};
    uint8_t bytes_ = 0;
    bool abstract_ = false;
};

/// An IPv4 address and a port, as people write them. [ip(7)]
struct Ipv4Address {
    uint8_t bytes[4]; // 127, 0, 0, 1
    uint16_t port;    // of a bind: 0 lets the kernel choose one (local_address)

    static constexpr Ipv4Address loopback(uint16_t port) { return {{127, 0, 0, 1}, port}; }
    static constexpr Ipv4Address any(uint16_t port) { return {{0, 0, 0, 0}, port}; }
    bool operator==(const Ipv4Address &) const = default;
};

/// An IPv6 address and a port. [ipv6(7)]
struct Ipv6Address {
    uint8_t bytes[16];
    uint16_t port;      // as above
    uint32_t scope = 0; // the interface's number, of an address that is valid on one link alone

    static constexpr Ipv6Address loopback(uint16_t port) {
        return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, port};
    }
    static constexpr Ipv6Address any(uint16_t port) { return {{}, port}; }
    bool operator==(const Ipv6Address &) const = default;
};

/// An address of one of the families, in the kernel's form.
class SocketAddress {
public:
    SocketAddress(const UnixAddress &address);
    SocketAddress(const Ipv4Address &address);
    SocketAddress(const Ipv6Address &address);

    /// EAFNOSUPPORT if it is of another family.
    base::Result<Family> family() const;
    base::Result<UnixAddress> as_unix() const;
    base::Result<Ipv4Address> as_ipv4() const;
    base::Result<Ipv6Address> as_ipv6() const;

    // For rt/sys: the kernel's structure, and its length, which the kernel may set.
    static constexpr size_t room = 112;
    SocketAddress() = default;
    const void *data() const { return storage_; }
    void *data() { return storage_; }
    uint32_t bytes() const { return bytes_; }
    uint32_t &bytes() { return bytes_; }

private:
    alignas(8) char storage_[room] = {};
    uint32_t bytes_ = 0;
};

} // namespace rt::sys
