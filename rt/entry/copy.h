/// Checked copies between the monitor and a domain that the app names.
#pragma once

#include "rt/entry/backend.h"
#include "rt/uaccess/copy.h"

namespace rt::entry {

// The domain as a value, for example the caller of a service. These have no back end to ask: they
// are the copies of protection keys.
using uaccess::copy_from_domain;
using uaccess::copy_to_domain;

/// The same by the back end of a domain that is named, as rt::call names it:
///     rt::copy_from_domain<Domain::codec>(text, rt::Claimed::of(codec::out), bytes)
template <Domain domain>
uaccess::Copied copy_from_domain(void *to, uaccess::Claimed &&from, size_t bytes) {
    return Backend<domain>::copy_from(to, from.take(), bytes);
}

/// Into an array: more than it holds is refused.
template <Domain domain, class T, size_t count>
uaccess::Copied copy_from_domain(T (&to)[count], uaccess::Claimed &&from, size_t bytes) {
    return uaccess::detail::copy_into(to, from.take(), bytes, Backend<domain>::copy_from);
}

/// The other direction.
template <Domain domain>
uaccess::Copied copy_to_domain(uaccess::Claimed to, const void *from, size_t bytes) {
    return Backend<domain>::copy_to(to, from, bytes);
}

} // namespace rt::entry
