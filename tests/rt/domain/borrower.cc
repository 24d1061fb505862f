/// The shared data of the data domain tests, and alice's accesses to it: her own source, in an
/// archive.
#include "rt/key/pkru.h"
#include "tests/rt/domain/data.h"

namespace shared {

// In alice's archive: the annotation decides, among the data domains that she has.
POSTERN_DATA(ledger) uint64_t ledger_word = 400;
POSTERN_BSS(ledger) uint64_t ledger_zeros[1024];
POSTERN_DATA(inbox) uint64_t inbox_word = 500;
POSTERN_DATA(outbox) uint64_t outbox_word = 600;

} // namespace shared

namespace borrower {

uint64_t read(uint64_t address) {
    return *reinterpret_cast<const volatile uint64_t *>(address);
}
void write(uint64_t address, uint64_t value) {
    *reinterpret_cast<volatile uint64_t *>(address) = value;
}
uint64_t view() {
    return rt::key::read_pkru().raw();
}

uint64_t ask_who(uint64_t again) {
    const uint64_t seen = who();
    return again == 0 ? seen : seen + read(again);
}
uint64_t ask_for_a_read(uint64_t address) {
    const uint64_t seen = read_in_alice(address);
    return seen + read(address);
}
uint64_t ask_for_a_fault() {
    const uint64_t address = reinterpret_cast<uint64_t>(&shared::inbox_word);
    const uint64_t seen = read_in_alice(0);
    write(address, seen);
    return read_in_alice_lent(address) + view();
}
uint64_t cross_to_read(uint64_t address) {
    const auto seen = to_bobs_read(address);
    const uint64_t kind = seen ? 0 : fell + static_cast<uint64_t>(seen.error());
    return kind + read(address);
}
uint64_t cross_to_view() {
    return to_bobs_view().value_or(0);
}
uint64_t cross_to_another() {
    return to_alices_read(reinterpret_cast<uint64_t>(&shared::inbox_word)).value_or(0);
}
uint64_t ask_for_nothing_there() {
    constexpr rt::Service<99, uint64_t()> nothing;
    return nothing();
}
uint64_t undefined() {
    asm volatile("ud2");
    return 0;
}

} // namespace borrower
