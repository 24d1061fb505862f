/// A domain whose code has an address space of its own, and holds instructions that no other code may.
#pragma once

#include "rt/rt.h"

// far has SPACE own, SOURCES of its own and a heap; next has SPACE own, too. near has a key.
namespace far {

/// Each executes one instruction that the verifier forbids elsewhere, and puts back what it changed.
uint64_t writes_fs();
uint64_t writes_gs();
/// On a machine without protection keys there is no such instruction.
uint64_t writes_pkru();
uint64_t restores_state();

/// The address of its own code; a call of code at an address.
uint64_t address();
uint64_t jumps_to(uint64_t address);
uint64_t reads(uint64_t address);

/// By its own `syscall`.
uint64_t own_process();
/// Ends itself, by a function of the C library.
uint64_t gives_up();
/// Whether so many blocks of its heap are apart and keep their bytes.
uint64_t allocates(uint64_t blocks);
/// One more than in the last call of this life.
uint64_t counts();
/// Asks the monitor for something.
uint64_t asks();

inline constexpr rt::Entry<Domain::far, writes_fs> writes_fs_entry;
inline constexpr rt::Entry<Domain::far, writes_gs> writes_gs_entry;
inline constexpr rt::Entry<Domain::far, writes_pkru> writes_pkru_entry;
inline constexpr rt::Entry<Domain::far, restores_state> restores_state_entry;
inline constexpr rt::Entry<Domain::far, address> address_entry;
inline constexpr rt::Entry<Domain::far, jumps_to> jumps_to_entry;
inline constexpr rt::Entry<Domain::far, reads> reads_entry;
inline constexpr rt::Entry<Domain::far, own_process> own_process_entry;
inline constexpr rt::Entry<Domain::far, gives_up> gives_up_entry;
inline constexpr rt::Entry<Domain::far, allocates> allocates_entry;
inline constexpr rt::Entry<Domain::far, counts> counts_entry;
inline constexpr rt::Entry<Domain::far, asks> asks_entry;

} // namespace far

namespace next {

uint64_t address();
inline constexpr rt::Entry<Domain::next, address> address_entry;

} // namespace next
