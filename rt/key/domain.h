/// A domain and its protection key.
#pragma once

#include "rt/base/fault.h"
#include "rt/key/pkey.h"

namespace rt::key {

// The one place that knows how keys follow from domains: in the order of their declaration.
static_assert(POSTERN_KEY_FIRST_DOMAIN == POSTERN_KEY_MONITOR + 1);

/// For arrays with a place for each domain, and one for `no_domain`.
inline constexpr unsigned domain_places = POSTERN_KEY_LAST_DOMAIN - POSTERN_KEY_FIRST_DOMAIN + 2;
constexpr unsigned index_of(Domain domain) {
    return static_cast<unsigned>(domain);
}

/// The key of `domain`; of `no_domain` the monitor's.
constexpr Pkey key_of(Domain domain) {
    return Pkey::from_raw(index_of(domain) + POSTERN_KEY_MONITOR);
}

/// The domain with this key; `no_domain` where no domain can have it.
constexpr Domain domain_of(Pkey key) {
    return is_domain_key(key) ? static_cast<Domain>(key.raw() - POSTERN_KEY_MONITOR) : no_domain;
}
static_assert(key_of(no_domain) == monitor_key && domain_of(monitor_key) == no_domain);
static_assert(index_of(domain_of(Pkey::from_raw(POSTERN_KEY_LAST_DOMAIN))) == domain_places - 1);
static_assert(key_of(domain_of(Pkey::from_raw(POSTERN_KEY_LAST_DOMAIN))).raw() ==
              POSTERN_KEY_LAST_DOMAIN);

} // namespace rt::key
