/// Addresses of sockets as values.
#include "rt/sys/address.h"

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/un.h>

#include "rt/sys/socket_numbers.h"

namespace rt::sys {

using base::Errno;
using base::Result;

namespace {

constexpr size_t name_offset = __builtin_offsetof(sockaddr_un, sun_path);
static_assert(sizeof(sockaddr_un) <= SocketAddress::room);
static_assert(sizeof(sockaddr_in) <= SocketAddress::room);
static_assert(sizeof(sockaddr_in6) <= SocketAddress::room);
static_assert(UnixAddress::longest + 1 == UNIX_PATH_MAX, "a zero, before or after the name");

/// Ports are in the network's order: the higher byte first.
constexpr uint16_t swapped(uint16_t port) {
    return static_cast<uint16_t>(port << 8 | port >> 8);
}

/// The kernel's structure, if it is as long as the kernel makes it, and of that family.
template <class Structure>
Result<Structure> structure_of(const SocketAddress &address, Family family) {
    const auto found = address.family();
    if (!found) {
        return found.error();
    }
    if (found.value() != family || address.bytes() < sizeof(Structure)) {
        return Errno::other_family;
    }
    Structure structure;
    __builtin_memcpy(&structure, address.data(), sizeof structure);
    return structure;
}

} // namespace

Result<UnixAddress> UnixAddress::copy_of(const char *name, size_t bytes) {
    if (bytes == 0 || bytes > longest) {
        return bytes == 0 ? Errno::invalid : Errno::name_too_long;
    }
    UnixAddress address;
    __builtin_memcpy(address.name_, name, bytes);
    address.bytes_ = static_cast<uint8_t>(bytes);
    return address;
}

Result<UnixAddress> UnixAddress::of_path(const char *name, size_t bytes) {
    const auto address = copy_of(name, bytes);
    for (size_t i = 0; address && i < bytes; ++i) {
        if (address.value().name_[i] == '\0') {
            return Errno::invalid;
        }
    }
    return address;
}

Result<UnixAddress> UnixAddress::of_path(const char *name) {
    size_t bytes = 0;
    while (bytes <= longest && name[bytes] != '\0') {
        ++bytes;
    }
    return of_path(name, bytes);
}

Result<UnixAddress> UnixAddress::of_abstract_name(const char *name, size_t bytes) {
    const auto copied = copy_of(name, bytes);
    if (!copied) {
        return copied;
    }
    UnixAddress address = copied.value();
    address.abstract_ = true;
    return address;
}

bool operator==(const UnixAddress &one, const UnixAddress &other) {
    return one.abstract_ == other.abstract_ && one.bytes_ == other.bytes_ &&
           __builtin_memcmp(one.name_, other.name_, one.bytes_) == 0;
}

/// An abstract name begins with a zero, and ends where the length says; a path ends with a zero.
SocketAddress::SocketAddress(const UnixAddress &address) {
    const size_t begin = name_offset + (address.is_abstract() ? 1 : 0);
    const sockaddr_un head{.sun_family = numbers::af_unix, .sun_path = {}};
    __builtin_memcpy(storage_, &head, name_offset);
    __builtin_memcpy(storage_ + begin, address.name(), address.bytes());
    const size_t zero = address.is_abstract() || address.bytes() == 0 ? 0 : 1;
    bytes_ = static_cast<uint32_t>(begin + address.bytes() + zero);
}

SocketAddress::SocketAddress(const Ipv4Address &address) {
    sockaddr_in made{};
    made.sin_family = numbers::af_inet;
    made.sin_port = swapped(address.port);
    __builtin_memcpy(&made.sin_addr, address.bytes, sizeof address.bytes);
    __builtin_memcpy(storage_, &made, sizeof made);
    bytes_ = sizeof made;
}

SocketAddress::SocketAddress(const Ipv6Address &address) {
    sockaddr_in6 made{};
    made.sin6_family = numbers::af_inet6;
    made.sin6_port = swapped(address.port);
    made.sin6_scope_id = address.scope;
    __builtin_memcpy(&made.sin6_addr, address.bytes, sizeof address.bytes);
    __builtin_memcpy(storage_, &made, sizeof made);
    bytes_ = sizeof made;
}

Result<Family> SocketAddress::family() const {
    uint16_t number = 0;
    __builtin_memcpy(&number, storage_, sizeof number);
    switch (bytes_ < sizeof number ? 0 : number) {
    case numbers::af_unix:
        return Family::local;
    case numbers::af_inet:
        return Family::ipv4;
    case numbers::af_inet6:
        return Family::ipv6;
    }
    return Errno::other_family;
}

Result<UnixAddress> SocketAddress::as_unix() const {
    const auto found = family();
    if (!found || found.value() != Family::local) {
        return Errno::other_family;
    }
    const size_t bytes =
        (bytes_ < sizeof(sockaddr_un) ? bytes_ : sizeof(sockaddr_un)) - name_offset;
    const char *name = storage_ + name_offset;
    if (bytes == 0) {
        return UnixAddress();
    }
    if (name[0] == '\0') {
        return UnixAddress::of_abstract_name(name + 1, bytes - 1);
    }
    size_t end = 0;
    while (end < bytes && name[end] != '\0') {
        ++end;
    }
    return UnixAddress::of_path(name, end);
}

Result<Ipv4Address> SocketAddress::as_ipv4() const {
    const auto read = structure_of<sockaddr_in>(*this, Family::ipv4);
    if (!read) {
        return read.error();
    }
    Ipv4Address address{{}, swapped(read.value().sin_port)};
    __builtin_memcpy(address.bytes, &read.value().sin_addr, sizeof address.bytes);
    return address;
}

Result<Ipv6Address> SocketAddress::as_ipv6() const {
    const auto read = structure_of<sockaddr_in6>(*this, Family::ipv6);
    if (!read) {
        return read.error();
    }
    Ipv6Address address{{}, swapped(read.value().sin6_port), read.value().sin6_scope_id};
    __builtin_memcpy(address.bytes, &read.value().sin6_addr, sizeof address.bytes);
    return address;
}

} // namespace rt::sys
