/// The code that restarts are tested on: domain alice's, with memory of each kind.
#pragma once

#include "rt/rt.h"

namespace worker {

inline constexpr size_t table_bytes = 5000;
inline constexpr size_t large_bytes = 800 * 1024;

/// In alice: one more each time; the first call of a life yields `first_count`.
uint64_t count();
inline constexpr uint64_t first_count = 42;
/// In alice: counts, and then divides by zero.
uint64_t crash();
/// In alice: reads one byte of each page of the large zeros; their sum.
uint64_t read_pages();
/// In alice: asks the monitor to restart a domain, by its number; the errno.
uint64_t ask(uint64_t domain);
/// In alice: the same twice in one call; the second errno.
uint64_t ask_twice(uint64_t domain);
/// In alice: has bob ask for it, by a service and by a cross call.
uint64_t ask_by_service(uint64_t domain);
uint64_t ask_by_cross_call(uint64_t domain);
/// In bob: asks the monitor to restart a domain.
uint64_t ask_from_bob(uint64_t domain);
/// In bob: the kind of the fault that ends a cross call to alice's `count`, or 0x100.
uint64_t kind_of_cross_call();

inline constexpr rt::Entry<Domain::alice, count> count_entry;
inline constexpr rt::Entry<Domain::alice, crash> crash_entry;
inline constexpr rt::Entry<Domain::alice, read_pages> read_pages_entry;
inline constexpr rt::Entry<Domain::alice, ask> ask_entry;
inline constexpr rt::Entry<Domain::alice, ask_twice> ask_twice_entry;
inline constexpr rt::Entry<Domain::alice, ask_by_service> ask_by_service_entry;
inline constexpr rt::Entry<Domain::alice, ask_by_cross_call> ask_by_cross_call_entry;
inline constexpr rt::Entry<Domain::bob, ask_from_bob> ask_from_bob_entry;
inline constexpr rt::Entry<Domain::bob, kind_of_cross_call> kind_of_cross_call_entry;

/// Restarts the domain with this number; the errno, 0 for none.
inline constexpr rt::Service<1, uint64_t(uint64_t domain)> restart;
/// Calls bob, who asks for it.
inline constexpr rt::Service<2, uint64_t(uint64_t domain)> have_bob_ask;

inline constexpr rt::CrossCall<1, Domain::alice, ask_from_bob_entry> to_bob;
inline constexpr rt::CrossCall<2, Domain::bob, count_entry> to_alice;

} // namespace worker
