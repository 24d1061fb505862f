/// Rounds through all that a signal may interrupt, with their results known.
#pragma once

#include "rt/entry/call.h"
#include "rt/entry/cross_call.h"
#include "rt/entry/service.h"

namespace work {

/// Asks for a service of the monitor's, which uses alice's memory, makes a system call and calls
/// bob; then crosses to bob, and makes a system call that is answered. The sum.
uint64_t in_alice(uint64_t a);
/// An invalid opcode.
uint64_t fault();
inline constexpr rt::Entry<Domain::alice, in_alice> alice_works;
inline constexpr rt::Entry<Domain::alice, fault> alice_faults;
inline constexpr rt::Service<1, uint64_t(rt::uaccess::Claimed)> serve;
/// For alice and carol.
inline constexpr rt::Service<2, uint64_t(uint64_t)> serve_double;

/// In bob: doubles.
uint64_t in_bob(uint64_t a);
inline constexpr rt::Entry<Domain::bob, in_bob> bob_works;
inline constexpr rt::CrossCall<1, Domain::alice, bob_works> to_bob;

/// Runs in carol, who is trusted: asks for a service and makes a cross call to bob. Yields the sum.
uint64_t in_carol(uint64_t a);
inline constexpr rt::Entry<Domain::carol, in_carol> carol_works;
inline constexpr rt::CrossCall<2, Domain::alice, carol_works> to_carol;
inline constexpr rt::CrossCall<3, Domain::carol, bob_works> carol_to_bob;

/// A round; each one leads through other parts. Its work yields whether all results are right and
/// no trace is left.
struct Round {
    const char *name;
    bool (*run)();
    unsigned most_times; // that a signal comes at one place, each the next time that it is come to
};
extern const Round rounds[5];

/// Gates, fix-ups and the syscall function, from alice and bob.
bool calls();
/// The same by way of carol; calls that lend; control words that are not the start's.
bool levels();
/// Each way in which a call ends by a fault, or is refused.
bool ends();
/// A jump of alice's to every wrpkru, asking for the view that opens all, and to every repair of a
/// base: each is a fault. Without keys, to those of gates and windows alone.
bool jumps();
/// Every access to a domain's memory, of memory that is there and of such as is not.
bool windows();

/// A page of alice's whose access faults.
extern char alice_hole[];
bool has_keys();
bool slot_is_at_rest();

/// Makes the memory ready whose access faults, and gives fs a base. Before the first round.
void prepare();

/// The handlers of the services.
uint64_t handle_serve(Domain caller, rt::uaccess::Claimed word);
uint64_t handle_double(Domain caller, uint64_t value);

/// A signal handler that makes a system call, reaches alice's memory, and meets a fault there.
void handle_signal(rt::sys::Signal signal);
/// How often it has run, and how often something in it was wrong.
uint64_t handled();
uint64_t handled_wrongly();

} // namespace work
