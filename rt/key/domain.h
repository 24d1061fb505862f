/// A domain, its number, and its protection key.
#pragma once

#include "rt/base/fault.h"
#include "rt/key/pkey.h"

namespace rt::key {

// The one place that knows how numbers follow from domains: in the order of their declaration. A
// domain with a key has the number of its key. A domain with an address space of its own on every
// machine has no key, and a number above all keys.
static_assert(POSTERN_KEY_FIRST_DOMAIN == POSTERN_KEY_MONITOR + 1);
static_assert(POSTERN_NUMBER_FIRST_OWN == Pkey::count);
static_assert(POSTERN_NUMBERS == POSTERN_NUMBER_LAST_OWN + 1);

/// For arrays with a place for each domain, and one for `no_domain`.
inline constexpr unsigned domain_places = POSTERN_NUMBERS - POSTERN_KEY_MONITOR;
constexpr unsigned index_of(Domain domain) {
    return static_cast<unsigned>(domain);
}

/// The number of `domain`, by which tables and records of the image name it; of `no_domain` the
/// monitor's.
constexpr unsigned number_of(Domain domain) {
    return index_of(domain) + POSTERN_KEY_MONITOR;
}

/// Whether the domain, or the domain with this number, has an address space of its own on every
/// machine (SPACE own), and no key.
constexpr bool is_own_number(unsigned number) {
    return number >= POSTERN_NUMBER_FIRST_OWN && number <= POSTERN_NUMBER_LAST_OWN;
}
constexpr bool is_own(Domain domain) {
    return is_own_number(number_of(domain));
}

/// The key of `domain`, which must have one; of `no_domain` the monitor's.
constexpr Pkey key_of(Domain domain) {
    return Pkey::from_raw(number_of(domain));
}

/// The domain with this number, or with this key; `no_domain` where no domain can have it.
constexpr Domain domain_with(unsigned number) {
    const bool is_a_domains =
        (number >= POSTERN_KEY_FIRST_DOMAIN && number <= POSTERN_KEY_LAST_DOMAIN) ||
        is_own_number(number);
    return is_a_domains ? static_cast<Domain>(number - POSTERN_KEY_MONITOR) : no_domain;
}
constexpr Domain domain_of(Pkey key) {
    return domain_with(key.raw());
}
static_assert(key_of(no_domain) == monitor_key && domain_of(monitor_key) == no_domain);
static_assert(domain_of(frame_key) == no_domain && domain_of(shared_key) == no_domain);
static_assert(key_of(domain_with(POSTERN_KEY_LAST_DOMAIN)).raw() == POSTERN_KEY_LAST_DOMAIN);
static_assert(!is_own(domain_with(POSTERN_KEY_LAST_DOMAIN)) &&
              is_own(domain_with(POSTERN_NUMBER_FIRST_OWN)));
static_assert(index_of(domain_with(POSTERN_NUMBER_LAST_OWN)) == domain_places - 1);
static_assert(domain_with(POSTERN_NUMBERS) == no_domain);

} // namespace rt::key
