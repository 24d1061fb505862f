/// A round through all that a signal may interrupt, with its result known.
#pragma once

#include "rt/gate/call.h"
#include "rt/gate/crossing.h"
#include "rt/gate/service.h"

namespace work {

/// Asks for a service of the monitor's, which uses alice's memory, makes a system call and calls
/// bob; then crosses to bob, and makes a system call that is answered. The sum.
uint64_t in_alice(uint64_t a);
/// An invalid opcode.
uint64_t fault();
inline constexpr rt::Entry<Domain::alice, in_alice> alice_works;
inline constexpr rt::Entry<Domain::alice, fault> alice_faults;
inline constexpr rt::Service<1, uint64_t(rt::uaccess::Claimed)> serve;

/// Once through gates, trap entry, windows, their fix-ups and the syscall function; whether all
/// results are right and nothing is left behind.
bool round();

/// Makes the memory ready whose access faults. Before the first round.
void prepare();

/// What the service does.
uint64_t handle_serve(Domain caller, rt::uaccess::Claimed word);

/// A signal handler that makes a system call, reaches alice's memory, and meets a fault there.
void handle_signal(rt::sys::Signal signal);
/// How often it has run, and how often something in it was wrong.
uint64_t handled();
uint64_t handled_wrongly();

} // namespace work
