/// The back end of a domain: how it is kept apart from the others. The typed front (call.h,
/// cross_call_table.h) asks it and names no gate itself; README.md has the whole seam.
#pragma once

#include "rt/base/traits.h"
#include "rt/gate/by_key.h"
#include "rt/gate/unisolated.h"

// The build of an app may name another back end for all its domains.
#ifndef POSTERN_BACKEND
#define POSTERN_BACKEND rt::gate::ByKey
#endif

namespace rt::entry {

/// What a back end is, for one domain:
///   call<Loans...>(words, function)  runs `function` with six words, and with these loans
///   lend<Loans...>()                 what the table of entries says of the loans; 0 without one
///   enter()                          the function that enters the domain; a cross call calls it
/// Functions that only pass a call on are `nodebug`: they would be frames of every backtrace.
template <class B>
concept IsBackend = requires(const uint64_t *words, const void *function) {
    { B::enter() } -> base::SameAs<RtGateEnter *>;
    { B::template lend<>() } -> base::SameAs<uint32_t>;
    { B::template call<>(words, function) } -> base::SameAs<RtOutcome>;
};

/// The back end of `domain`. A declaration of the domain may specialise it.
template <Domain domain>
struct BackendOf {
    using Type = POSTERN_BACKEND<domain>;
};

template <Domain domain>
requires IsBackend<typename BackendOf<domain>::Type>
using Backend = typename BackendOf<domain>::Type;

} // namespace rt::entry
