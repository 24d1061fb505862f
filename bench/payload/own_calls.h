/// System calls of domains: through the monitor, and by `syscall` instructions of their own.
#pragma once

#include "bench/payload/guest.h"
#include "bench/payload/must.h"

namespace bench {

/// The domain asks for it repeatedly, in one long call.
inline void mediated(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::ask_for_parent, loops));
}

/// No row of the table grants it, so it is a Fault.
inline void refused() {
    must_fault(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::own_system_call),
               rt::FaultKind::syscall);
}

/// The domain's own instruction, many times in one call; a row of the table grants it
/// (services.cc).
template <uint64_t number>
void answered(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::own_system_calls, number, 0ul, 0ul,
                                     0ul, loops));
}

} // namespace bench
