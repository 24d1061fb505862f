/// The loopback interface of the machine that runs the tests, which a guest has not begun.
#pragma once

#include "rt/sys/socket.h"
#include "tests/harness/harness.h"

namespace loopback {

/// Whether sockets of that family can have the loopback's address; tries to begin the interface
/// where they cannot. A case that needs it is skipped otherwise.
bool is_up(rt::sys::Family family);

/// A stream of that family that listens on the loopback, at a port of the kernel's choice.
rt::Result<rt::sys::Descriptor> listener(rt::sys::Family family, uint32_t waiting = 4);

} // namespace loopback
