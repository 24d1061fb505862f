/// The functions of the domains of the bench. They have no data, so that each domain can run them.
#pragma once

#include "rt/rt.h"

namespace bench::guest {

uint64_t nothing();
uint64_t six(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f);
uint64_t same(uint64_t value);

/// Nests this many gates: this call, then services and calls in turn.
uint64_t dive(uint64_t gates);

/// Each runs `loops` times without leaving the domain between runs.
uint64_t ask_for_nothing(uint64_t loops);
uint64_t ask_for_parent(uint64_t loops);
uint64_t ask_for_peer(uint64_t loops);
uint64_t cross_to_peer(uint64_t loops);
uint64_t cross_to_trusted(uint64_t loops);
uint64_t floor_to_peer(uint64_t loops);

/// Each ends in a fault.
uint64_t write_null();
uint64_t write_monitor(uint64_t address);
uint64_t trap();
uint64_t own_system_call();

/// Makes system call `number` with three arguments, `loops` times; the last answer.
uint64_t own_system_calls(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t loops);

} // namespace bench::guest

namespace bench {

/// The guest's functions as entries of one domain.
template <Domain domain>
struct Guest {
    static constexpr rt::Entry<domain, guest::nothing> nothing{};
    static constexpr rt::Entry<domain, guest::six> six{};
    static constexpr rt::Entry<domain, guest::same> same{};
    static constexpr rt::Entry<domain, guest::dive> dive{};
    static constexpr rt::Entry<domain, guest::ask_for_nothing> ask_for_nothing{};
    static constexpr rt::Entry<domain, guest::ask_for_parent> ask_for_parent{};
    static constexpr rt::Entry<domain, guest::ask_for_peer> ask_for_peer{};
    static constexpr rt::Entry<domain, guest::cross_to_peer> cross_to_peer{};
    static constexpr rt::Entry<domain, guest::cross_to_trusted> cross_to_trusted{};
    static constexpr rt::Entry<domain, guest::floor_to_peer> floor_to_peer{};
    static constexpr rt::Entry<domain, guest::write_null> write_null{};
    static constexpr rt::Entry<domain, guest::write_monitor> write_monitor{};
    static constexpr rt::Entry<domain, guest::trap> trap{};
    static constexpr rt::Entry<domain, guest::own_system_call> own_system_call{};
    static constexpr rt::Entry<domain, guest::own_system_calls> own_system_calls{};
};

inline constexpr rt::CrossCall<1, Domain::untrusted, Guest<Domain::peer>::nothing> to_peer;
inline constexpr rt::CrossCall<2, Domain::untrusted, Guest<Domain::trusted>::nothing> to_trusted;

inline constexpr rt::Service<1, void()> nothing_service;
inline constexpr rt::Service<2, uint64_t(uint64_t)> deeper_service;
inline constexpr rt::Service<3, uint64_t()> parent_service;
inline constexpr rt::Service<4, uint64_t()> peer_service;

} // namespace bench
