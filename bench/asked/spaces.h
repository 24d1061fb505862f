/// Rows of bench_spaces that talk to a child by orders, or end it.
#pragma once

#include <stdint.h>

namespace bench {

/// Changes the rights of 64 pages of a child, `loops` times; so many of them by each list.
template <unsigned by_list>
uint64_t updates(uint64_t loops);

/// A page that a domain may not touch is repaired at its fault, 64 of them for each loop: an order
/// for the page, and one to go on.
uint64_t repaired_faults(uint64_t loops);

/// rt::restart of a domain whose child lives; the same with the next call; and the floor: kill,
/// wait, and the stores of the same bytes.
uint64_t restarts(uint64_t loops);
uint64_t restarts_and_calls(uint64_t loops);
/// The same where the last restart was so long ago that the spare is there.
uint64_t rested_restarts_and_calls(uint64_t loops);
uint64_t kills_and_stores(uint64_t loops);

/// A child's birth until it waits for orders; the same with an order for each system call of its
/// list; and fork, exit and wait of this program.
uint64_t births(uint64_t loops);
uint64_t births_by_calls(uint64_t loops);
uint64_t forks(uint64_t loops);

/// From the end of a child, by a signal from another process, until its caller has the fault; and
/// until waitid(2) on its pidfd returns.
uint64_t deaths(uint64_t loops);
uint64_t waited_deaths(uint64_t loops);

} // namespace bench
