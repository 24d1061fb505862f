/// Code of domains that more than one image calls: nothing, a service, a cross call to `peer`.
#pragma once

#include "rt/rt.h"

namespace bench {

namespace guest {

inline constexpr rt::Service<1, void()> nothing_service;

inline uint64_t nothing() {
    return 0;
}

inline constexpr rt::Entry<Domain::peer, nothing> peers_nothing;
template <Domain caller>
inline constexpr rt::CrossCall<1, caller, peers_nothing> to_peer;

inline uint64_t ask(uint64_t loops) {
    for (uint64_t loop = 0; loop < loops; ++loop) {
        nothing_service();
    }
    return loops;
}

template <Domain caller>
uint64_t cross(uint64_t loops) {
    for (uint64_t loop = 0; loop < loops; ++loop) {
        static_cast<void>(to_peer<caller>());
    }
    return loops;
}

} // namespace guest

inline void handle_nothing(Domain) {}

} // namespace bench

/// The tables of services and cross calls of an image whose domain `caller` asks and crosses.
#define BENCH_GUEST_TABLES(caller)                                                                 \
    POSTERN_SERVICES(                                                                              \
        rt::provide<bench::guest::nothing_service, bench::handle_nothing>(rt::Callers::any()));    \
    POSTERN_CROSS_CALLS(bench::guest::to_peer<caller>)
