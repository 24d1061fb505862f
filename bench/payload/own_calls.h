/// System calls of domains: by way of the monitor, and by instructions of their own.
#pragma once

#include "bench/payload/guest.h"
#include "bench/payload/must.h"

namespace bench {

/// Asked for by the domain, in one long call.
inline void mediated(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::ask_for_parent, loops));
}

/// No row of its table has it: a Fault.
inline void refused() {
    must_fault(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::own_system_call),
               rt::FaultKind::syscall);
}

/// The domain's own instruction, many times in one call; its table has a row (services.cc).
template <uint64_t number>
void answered(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::own_system_calls, number, 0ul, 0ul,
                                     0ul, loops));
}

} // namespace bench
