/// Where a domain that jumps there is served by the kernel, because there is no dispatch.
#pragma once

namespace attack {

/// Whether control at `at` comes to one of the runtime's two `syscall` instructions, and this
/// machine's filter serves it.
bool is_served(const char *at);

/// Where the runtime's own `syscall` is served, skips the running case and yields true.
bool skip_unless_dispatched();

} // namespace attack
