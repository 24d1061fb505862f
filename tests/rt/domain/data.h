/// The shared data of the data domain tests, and alice's accesses to it: her own source, in an
/// archive.
#pragma once

#include "rt/rt.h"

// The app's declarations (tests/rt/CMakeLists.txt): alice writes the ledger, bob reads it. The
// inbox is lent to alice. The outbox is lent to both, bob reads it always. Nobody has `nobodys`.
namespace shared {

extern uint64_t ledger_word, ledger_zeros[1024];
extern uint64_t inbox_word, outbox_word, nobodys_word;

inline constexpr uint64_t ledger_key = 4, inbox_key = 5, outbox_key = 6, nobodys_key = 7;
static_assert(rt::key::key_of(Domain::ledger).raw() == ledger_key &&
              rt::key::key_of(Domain::nobodys).raw() == nobodys_key);

/// The views, two bits a key from key 0 up: key 0 read-only, the own key and key 15 open.
inline constexpr uint32_t alice_view = 0x15555446; // the ledger open
inline constexpr uint32_t bob_view = 0x15556616;   // ledger and outbox read-only
inline constexpr uint32_t alice_reading_inbox = 0x15555846;
inline constexpr uint32_t alice_writing_inbox = 0x15555046;
inline constexpr uint32_t alice_writing_both = 0x15554046; // inbox and outbox

} // namespace shared

namespace borrower {

/// In alice, each by an address that all of the image knows.
uint64_t read(uint64_t address);
void write(uint64_t address, uint64_t value);
/// Her PKRU.
uint64_t view();
/// The answer of `who`, plus the word at `again` where that is not 0.
uint64_t ask_who(uint64_t again);
/// The result of a read of `address` by a nested call without a loan, or by bob in a cross call,
/// plus the word there.
uint64_t ask_for_a_read(uint64_t address);
uint64_t cross_to_read(uint64_t address);
/// Has a nested call fault, writes the inbox, has a nested call read it on a loan of its own: what
/// that read, plus the view.
uint64_t ask_for_a_fault();
/// bob's view.
uint64_t cross_to_view();
/// Each ends in a fault: a cross call of bob's, a service that is not there, an undefined
/// instruction.
uint64_t cross_to_another();
uint64_t ask_for_nothing_there();
uint64_t undefined();

inline constexpr rt::Entry<Domain::alice, read> read_entry;
inline constexpr rt::Entry<Domain::alice, write> write_entry;
inline constexpr rt::Entry<Domain::alice, view> view_entry;
inline constexpr rt::Entry<Domain::alice, ask_who> ask_who_entry;
inline constexpr rt::Entry<Domain::alice, ask_for_a_read> ask_for_a_read_entry;
inline constexpr rt::Entry<Domain::alice, ask_for_a_fault> ask_for_a_fault_entry;
inline constexpr rt::Entry<Domain::alice, cross_to_read> cross_to_read_entry;
inline constexpr rt::Entry<Domain::alice, cross_to_view> cross_to_view_entry;
inline constexpr rt::Entry<Domain::alice, cross_to_another> cross_to_another_entry;
inline constexpr rt::Entry<Domain::alice, ask_for_nothing_there> ask_for_nothing_there_entry;
inline constexpr rt::Entry<Domain::alice, undefined> undefined_entry;

/// In bob.
inline constexpr rt::Entry<Domain::bob, read> bob_reads;
inline constexpr rt::Entry<Domain::bob, write> bob_writes;
inline constexpr rt::Entry<Domain::bob, view> bob_view_entry;

/// The caller as the monitor sees it, plus 16 times the view word.
inline constexpr rt::Service<1, uint64_t()> who;
/// The monitor reads `address` in alice, by a call that lends nothing: the value, or `fell` and the
/// key of the fault.
inline constexpr rt::Service<2, uint64_t(uint64_t address)> read_in_alice;
/// The same with the inbox lent to be read: a loan inside a loan.
inline constexpr rt::Service<3, uint64_t(uint64_t address)> read_in_alice_lent;
inline constexpr rt::CrossCall<1, Domain::alice, bob_reads> to_bobs_read;
inline constexpr rt::CrossCall<2, Domain::alice, bob_view_entry> to_bobs_view;
inline constexpr rt::CrossCall<3, Domain::bob, read_entry> to_alices_read;

inline constexpr uint64_t fell = 0x1000;

} // namespace borrower
