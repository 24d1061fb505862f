/// The back end of a domain: how it is kept apart from the others. The typed front (call.h,
/// cross_call_table.h) asks it and names no gate itself; README.md has the whole seam.
#pragma once

#include "rt/base/traits.h"
#include "rt/gate/by_key.h"
#include "rt/gate/by_space.h"
#include "rt/gate/unisolated.h"

// The build of an app may name another back end for all its domains.
#ifndef POSTERN_BACKEND
#define POSTERN_BACKEND rt::gate::ByKey
#endif

namespace rt::entry {

/// What a back end is, for one domain. The typed front asks it for five things:
///   call<Loans...>(words, function)  runs `function` with six words, and with these loans; a cross
///                                    call does so by the function that enter() yields
///   lend<Loans...>()                 what the table of entries says of the loans; 0 without one
///   copy_from(to, claimed, bytes)    copies the domain's memory, checked as by rt/uaccess/copy.h
///   copy_to(claimed, from, bytes)    the other direction
///   Frame                            what it leaves at gate_rsp while the domain runs. It is
///                                    always gate::GateFrame, because unwinding goes by the frame
///                                    and knows no domain
/// Functions that only pass a call on are `nodebug`: they would be frames of every backtrace.
template <class B>
concept IsBackend = requires(const uint64_t *words, const void *function, uaccess::Claimed claimed,
                             void *to, const void *from, size_t bytes) {
    { B::enter() } -> base::SameAs<RtGateEnter *>;
    { B::template lend<>() } -> base::SameAs<uint32_t>;
    { B::template call<>(words, function) } -> base::SameAs<RtOutcome>;
    { B::copy_from(to, claimed.take(), bytes) } -> base::SameAs<uaccess::Copied>;
    { B::copy_to(claimed, from, bytes) } -> base::SameAs<uaccess::Copied>;
    requires base::SameAs<typename B::Frame, gate::GateFrame>;
};

/// The back end of `domain`: that of the build, unless the domain is declared with SPACE own.
template <Domain domain>
struct BackendOf {
    using Type = POSTERN_BACKEND<domain>;
};
template <Domain domain>
requires(key::is_own(domain)) struct BackendOf<domain> {
    using Type = gate::BySpace<domain>;
};

template <Domain domain>
requires IsBackend<typename BackendOf<domain>::Type>
using Backend = typename BackendOf<domain>::Type;

} // namespace rt::entry
