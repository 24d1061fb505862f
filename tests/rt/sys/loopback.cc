/// The loopback interface of the machine that runs the tests.
#include "tests/rt/sys/loopback.h"

#include <asm/unistd.h>
#include <linux/sockios.h>

#include "rt/sys/call.h"

namespace loopback {

namespace {

using rt::Errno;
using rt::Result;
using rt::sys::Descriptor;
using rt::sys::Family;
using rt::sys::SocketAddress;
using rt::sys::Transport;

// Of linux/if.h, which needs a C library. [netdevice(7)]
struct InterfaceFlags {
    char name[16];
    short flags;
    char rest[22];
};
constexpr short is_to_be_up = 1; // IFF_UP

/// As root of the network namespace alone.
void begin() {
    const auto any = rt::sys::socket(Family::ipv4, Transport::datagrams);
    InterfaceFlags request{.name = "lo", .flags = 0, .rest = {}};
    if (any && rt::sys::call_raw(__NR_ioctl, any.value(), SIOCGIFFLAGS, &request) == 0) {
        request.flags = static_cast<short>(request.flags | is_to_be_up);
        rt::sys::call_raw(__NR_ioctl, any.value(), SIOCSIFFLAGS, &request);
    }
    if (any) {
        static_cast<void>(rt::sys::close(any.value()));
    }
}

bool can_listen(Family family) {
    const auto made = listener(family);
    if (made) {
        const auto address = rt::sys::local_address(made.value());
        const auto client = rt::sys::socket(family, Transport::stream);
        const bool connects = client && rt::sys::connect(client.value(), address.value());
        static_cast<void>(rt::sys::close(client.value_or(Descriptor::input)));
        static_cast<void>(rt::sys::close(made.value()));
        return connects;
    }
    return false;
}

} // namespace

bool is_up(Family family) {
    if (can_listen(family)) {
        return true;
    }
    begin();
    return can_listen(family);
}

Result<Descriptor> listener(Family family, uint32_t waiting) {
    const auto made = rt::sys::socket(family, Transport::stream);
    if (!made) {
        return made;
    }
    const SocketAddress address = family == Family::ipv4
                                      ? SocketAddress(rt::sys::Ipv4Address::loopback(0))
                                      : SocketAddress(rt::sys::Ipv6Address::loopback(0));
    // Its connections have the option from it, and so do the ports that they hold afterwards.
    const auto reused = rt::sys::reuse_address(made.value(), true);
    const auto bound = reused ? rt::sys::bind(made.value(), address) : reused;
    const auto listens = bound ? rt::sys::listen(made.value(), waiting) : bound;
    if (!listens) {
        static_cast<void>(rt::sys::close(made.value()));
        return listens.error();
    }
    return made;
}

} // namespace loopback
