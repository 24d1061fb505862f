/// The attacker, a domain with a key, wants to run code that nobody has verified: that of a domain with
/// an address space of its own, which writes PKRU and makes system calls. It jumps to each byte of it,
/// at its own addresses and where the monitor reads it. The other way round, that code runs in its own
/// process, writes PKRU as it likes, and wants memory of the monitor's and of domains with keys. What
/// must hold: no jump executes anything, no access reaches anything, and the call ends as a fault of
/// the attacker's.
#include "rt/domain/own_text.h"
#include "tests/attack/canaries.h"
#include "tests/attack/spaces/own_code.h"
#include "tests/attack/strike.h"

namespace {

using attack::Outcome;
using rt::FaultKind;

/// Jumps to each byte of `code`; how many ended as they must.
uint64_t jump_everywhere(rt::Region code) {
    uint64_t good = 0;
    attack::RegisterFile file = attack::hostile_file();
    for (uint64_t at = code.begin(); at != code.end(); ++at) {
        file.rip = at;
        const Outcome outcome = attack::strike(file);
        const bool is_refused = !outcome.returned && outcome.fault.kind == FaultKind::execute &&
                                outcome.fault.domain == Domain::alice &&
                                outcome.fault.address == at;
        if (!EXPECT(is_refused)) {
            rt::log("at {}: {}", rt::Hex{at}, outcome.fault);
            break;
        }
        ++good;
    }
    return good;
}

/// All rights on all keys, no rights at all, and some between.
constexpr uint32_t views[] = {0, 0x15555550, 0x15555540, 0x55555554, 0xfffffffc, 0xffffffff};

/// Without keys the write of PKRU itself ends the call. With keys a view that closes the process's own
/// memory does so at the next access.
bool is_refused(const rt::Fault &fault, uint32_t view, uint64_t place, uint64_t store) {
    if (fault.domain != Domain::carol) {
        return false;
    }
    if (!rt::key::has_keys()) {
        return fault.kind == FaultKind::illegal;
    }
    const bool closes_all = (view & 3) != 0;
    return closes_all ||
           (fault.kind == (store != 0 ? FaultKind::write : FaultKind::read) && fault.address == place);
}

} // namespace

POSTERN_TEST("attack.own.jumps_to_each_byte_of_its_code", SHOWS(own_space_holds_any_instruction),
             TRIES(attack_123)) {
    attack::set_canaries();
    const auto code = rt::domain::own_text_of(Domain::carol);
    EXPECT(code.bytes() >= POSTERN_PAGE);
    EXPECT_EQUAL(jump_everywhere(code), code.bytes());
    EXPECT_EQUAL(jump_everywhere(rt::domain::seen_text(code)), code.bytes());
    EXPECT(attack::canaries_intact());
}

POSTERN_TEST("attack.own.writes_pkru_and_reaches_for_others", SHOWS(own_spaces_beside_keys),
             TRIES(attack_124)) {
    attack::set_canaries();
    const uint64_t places[] = {attack::address_of(attack::monitor_canary(0)),
                               attack::address_of(attack::bob_canary()),
                               attack::own_memory(),
                               attack::own_memory() + POSTERN_ALIAS,
                               attack::address_of(__arena_start) + POSTERN_SLOT_PRIVATE,
                               POSTERN_BOXES,
                               POSTERN_LOANS,
                               attack::address_of(__pristine_start)};
    for (const uint32_t view : views) {
        for (const uint64_t place : places) {
            for (uint64_t store = 0; store < 2; ++store) {
                const auto end =
                    rt::call<Domain::carol>(own_code::reach_entry, uint64_t{view}, place, store);
                EXPECT(!end && is_refused(end.fault(), view, place, store));
            }
        }
        EXPECT_EQUAL(rt::call<Domain::carol>(own_code::answer_entry).value_or(0), 42);
    }
    EXPECT(attack::canaries_intact());
}
