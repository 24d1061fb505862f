/// Entries of domains that clean up before a restart (rt/life/policy.h).
#pragma once

#include "rt/trap/deadline.h"

namespace rt::trap {

/// What a row of POSTERN_ON_FAULT names: runs the entry. However it ends, nothing follows.
template <auto function, Domain domain>
void clean_up(uint64_t nanoseconds) {
    static_cast<void>(call_within<domain>(nanoseconds, entry::Entry<domain, function>()));
}

} // namespace rt::trap

namespace rt::entry {

/// The clean-up of a policy by this entry. life::Policy::clean_up finds it where the app's table
/// is.
template <Domain domain, auto function>
constexpr life::CleanUp clean_up_by(Entry<domain, function>, uint64_t nanoseconds) {
    static_assert(
        requires { Entry<domain, function>::template Lending<>::run(); },
        "an entry that cleans up takes no arguments");
    return {domain, &trap::clean_up<function, domain>, nanoseconds};
}

} // namespace rt::entry
