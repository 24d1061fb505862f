/// Addresses of sockets: what the kernel is given, byte by byte, and what cannot be made.
#include "rt/sys/address.h"

#include "tests/harness/harness.h"

namespace {

using harness::failed_with;
using rt::Errno;
using rt::sys::Family;
using rt::sys::Ipv4Address;
using rt::sys::Ipv6Address;
using rt::sys::SocketAddress;
using rt::sys::UnixAddress;

bool holds(const SocketAddress &address, const char *bytes, size_t count) {
    return address.bytes() == count && __builtin_memcmp(address.data(), bytes, count) == 0;
}

} // namespace

POSTERN_TEST("unit.address.ports_are_in_the_networks_order", SHOWS(addresses_are_values)) {
    const SocketAddress ipv4(Ipv4Address{{192, 0, 2, 7}, 0x1234});
    EXPECT(holds(ipv4, "\2\0\x12\x34\xc0\0\2\7\0\0\0\0\0\0\0\0", 16));
    const SocketAddress ipv6(
        Ipv6Address{{0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9}, 0xff01, 3});
    EXPECT(holds(ipv6, "\x0a\0\xff\1\0\0\0\0\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\x09\3\0\0\0", 28));
    EXPECT(ipv4.as_ipv4().value() == (Ipv4Address{{192, 0, 2, 7}, 0x1234}));
    EXPECT(ipv6.as_ipv6().value().port == 0xff01 && ipv6.as_ipv6().value().scope == 3);
    EXPECT(SocketAddress(Ipv6Address::loopback(1)).as_ipv6().value() == Ipv6Address::loopback(1));
}

POSTERN_TEST("unit.address.a_path_ends_with_a_zero", SHOWS(addresses_are_values)) {
    const auto path = UnixAddress::of_path("/run/s");
    EXPECT(path && !path.value().is_abstract() && path.value().bytes() == 6);
    EXPECT(holds(path.value(), "\1\0/run/s\0", 9));
    EXPECT(SocketAddress(path.value()).as_unix().value() == path.value());
}

POSTERN_TEST("unit.address.an_abstract_name_has_any_bytes", SHOWS(addresses_are_values)) {
    const auto name = UnixAddress::of_abstract_name("a\0b\xff", 4);
    EXPECT(name && name.value().is_abstract() && name.value().bytes() == 4);
    EXPECT(holds(name.value(), "\1\0\0a\0b\xff", 7));
    EXPECT(SocketAddress(name.value()).as_unix().value() == name.value());
    EXPECT(!(name.value() == UnixAddress::of_path("a").value()));
}

// A name of the longest length has its zero in the structure's last byte; one more byte would not.
POSTERN_TEST("unit.address.lengths_at_the_edges", SHOWS(addresses_are_values)) {
    char name[256];
    __builtin_memset(name, 'n', sizeof name);
    name[255] = '\0';
    EXPECT(failed_with(UnixAddress::of_path(name, 0), Errno::invalid));
    EXPECT(failed_with(UnixAddress::of_path(""), Errno::invalid));
    EXPECT(failed_with(UnixAddress::of_abstract_name(name, 0), Errno::invalid));
    constexpr size_t fitting[] = {1, 106, UnixAddress::longest};
    for (const size_t bytes : fitting) {
        const auto path = UnixAddress::of_path(name, bytes);
        const auto abstract = UnixAddress::of_abstract_name(name, bytes);
        EXPECT(path && SocketAddress(path.value()).bytes() == 2 + bytes + 1);
        EXPECT(abstract && SocketAddress(abstract.value()).bytes() == 2 + 1 + bytes);
        EXPECT(SocketAddress(path.value()).as_unix().value() == path.value());
        EXPECT(SocketAddress(abstract.value()).as_unix().value() == abstract.value());
    }
    constexpr size_t too_long[] = {UnixAddress::longest + 1, 255, ~size_t{0}};
    for (const size_t bytes : too_long) {
        EXPECT(failed_with(UnixAddress::of_path(name, bytes), Errno::name_too_long));
        EXPECT(failed_with(UnixAddress::of_abstract_name(name, bytes), Errno::name_too_long));
    }
    EXPECT(failed_with(UnixAddress::of_path(name), Errno::name_too_long));
    // A path with a zero in it would name another file.
    constexpr size_t zeros[] = {0, 1, UnixAddress::longest - 1};
    for (const size_t zero : zeros) {
        __builtin_memset(name, 'n', sizeof name);
        name[zero] = '\0';
        EXPECT(failed_with(UnixAddress::of_path(name, UnixAddress::longest), Errno::invalid));
        EXPECT(bool(UnixAddress::of_abstract_name(name, UnixAddress::longest)));
    }
}

POSTERN_TEST("unit.address.is_a_copy", SHOWS(addresses_are_values)) {
    char name[] = "/run/first";
    const auto address = UnixAddress::of_path(name).value();
    __builtin_memcpy(name, "/etc/other", sizeof name);
    EXPECT(address == UnixAddress::of_path("/run/first").value());
}

POSTERN_TEST("unit.address.of_another_family_is_an_error", SHOWS(addresses_are_values)) {
    const SocketAddress local(UnixAddress::of_path("/run/s").value());
    const SocketAddress ipv4(Ipv4Address::any(80));
    EXPECT(local.family().value() == Family::local && ipv4.family().value() == Family::ipv4);
    EXPECT(failed_with(local.as_ipv4(), Errno::other_family));
    EXPECT(failed_with(ipv4.as_ipv6(), Errno::other_family));
    EXPECT(failed_with(ipv4.as_unix(), Errno::other_family));
    SocketAddress cut(Ipv4Address::any(80)); // as a kernel might tell it
    cut.bytes() = 8;
    EXPECT(failed_with(cut.as_ipv4(), Errno::other_family));
    EXPECT(failed_with(SocketAddress().family(), Errno::other_family));
}
