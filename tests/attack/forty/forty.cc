/// Forty domains in one program, 36 of them with an address space of their own on every machine. Each
/// attacks every other: its variable, stack and code, the mailboxes, and the calls that only the other
/// may make. What must hold: each attack is a fault of the attacker's, and nothing of the victim's has
/// changed.
#include "rt/key/domain.h"
#include "tests/attack/forty/domain.h"
#include "tests/harness/harness.h"

namespace {

using forty::Way;
using forty::What;
using rt::FaultKind;

uint64_t answer(Domain caller, uint64_t value) {
    return value + 1000 * rt::key::number_of(caller);
}
template <unsigned number>
constexpr rt::Service<number, uint64_t(uint64_t)> service;

// Cross call 1 + n is that of domain n alone. All lead to the last domain, and its own to the first.
#define CROSS(number, name)                                                                        \
    constexpr rt::CrossCall<1 + (number), Domain::name, d39::keeps_entry> from_##name;
EACH_BUT_LAST(CROSS)
#undef CROSS
constexpr rt::CrossCall<40, Domain::d39, d0::keeps_entry> from_d39;

/// A domain, as the test uses it.
struct Row {
    Domain domain;
    rt::Result<uint64_t, rt::Fault> (*strikes)(Way, uint64_t);
    rt::Result<uint64_t, rt::Fault> (*tells)(What);
    rt::Result<uint64_t, rt::Fault> (*keeps)();
};
#define ROW(number, name)                                                                          \
    {Domain::name,                                                                                 \
     [](Way way, uint64_t target) {                                                                \
         return rt::call<Domain::name>(name::strikes_entry, way, target);                          \
     },                                                                                            \
     [](What what) { return rt::call<Domain::name>(name::tells_entry, what); },                    \
     [] { return rt::call<Domain::name>(name::keeps_entry); }},
constexpr Row rows[] = {EACH(ROW)};
#undef ROW
constexpr size_t count = sizeof rows / sizeof rows[0];
static_assert(count == 40);

bool is_own(const Row &row) {
    return rt::key::is_own(row.domain);
}

/// Where each has what others want.
struct Places {
    uint64_t word, code, stack;
};
constinit Places places[count] = {};

void find_places() {
    for (size_t i = 0; i < count; ++i) {
        places[i] = {rows[i].tells(What::word).value_or(0), rows[i].tells(What::code).value_or(0),
                     rows[i].tells(What::stack).value_or(0)};
        EXPECT(places[i].word != 0 && places[i].code != 0 && places[i].stack != 0);
    }
}

/// Whether the strike ended the attacker's call, and was no more than that.
bool is_refused(const Row &attacker, Way way, uint64_t target, FaultKind kind) {
    const auto outcome = attacker.strikes(way, target);
    if (outcome) {
        return false;
    }
    const rt::Fault fault = outcome.fault();
    const bool is_asked = way == Way::asks || way == Way::crosses;
    return fault.domain == attacker.domain && fault.kind == kind &&
           (is_asked ? fault.number : fault.address) == target;
}

bool all_keep_theirs() {
    bool good = true;
    for (const Row &row : rows) {
        good &= row.keeps().value_or(0) == forty::secret;
    }
    return good;
}

/// Each attacker against each victim; `strike` yields whether it was refused.
template <class Strike>
void each_pair(Strike strike) {
    find_places();
    uint64_t refused = 0, pairs = 0;
    for (size_t attacker = 0; attacker < count; ++attacker) {
        for (size_t victim = 0; victim < count; ++victim) {
            if (attacker != victim) {
                ++pairs;
                refused += strike(rows[attacker], rows[victim], places[victim]) ? 1 : 0;
            }
        }
    }
    EXPECT_EQUAL(refused, pairs);
    EXPECT(all_keep_theirs());
}

} // namespace

#define PROVIDE(number, name) rt::provide<service<1 + (number)>, answer>(Domain::name),
POSTERN_SERVICES(EACH(PROVIDE));
#undef PROVIDE
#define FROM(number, name) from_##name,
POSTERN_CROSS_CALLS(EACH_BUT_LAST(FROM) from_d39);
#undef FROM

POSTERN_TEST("run.forty.each_is_called_asks_and_crosses", SHOWS(own_spaces_are_many)) {
    for (size_t i = 0; i < count; ++i) {
        EXPECT_EQUAL(rows[i].keeps().value_or(0), forty::secret);
        EXPECT_EQUAL(rows[i].strikes(Way::asks, 1 + i).value_or(0),
                     1 + 1000 * rt::key::number_of(rows[i].domain));
        EXPECT_EQUAL(rows[i].strikes(Way::crosses, 1 + i).value_or(0), forty::secret);
    }
}

POSTERN_TEST("attack.forty.memory_of_each_other", SHOWS(own_spaces_are_many), TRIES(attack_126)) {
    each_pair([](const Row &attacker, const Row &, const Places &its) {
        return is_refused(attacker, Way::reads, its.word, FaultKind::read) &&
               is_refused(attacker, Way::writes, its.word, FaultKind::write) &&
               is_refused(attacker, Way::reads, its.stack, FaultKind::read) &&
               is_refused(attacker, Way::writes, its.stack, FaultKind::write);
    });
}

POSTERN_TEST("attack.forty.code_of_each_other", SHOWS(own_spaces_are_many), TRIES(attack_126)) {
    each_pair([](const Row &attacker, const Row &victim, const Places &its) {
        return !is_own(victim) || // code of domains with keys is everybody's to run, with its own rights
               (is_refused(attacker, Way::jumps, its.code, FaultKind::execute) &&
                is_refused(attacker, Way::reads, its.code, FaultKind::read));
    });
}

POSTERN_TEST("attack.forty.mailbox_and_alias_of_each_other", SHOWS(own_spaces_are_many),
             TRIES(attack_126)) {
    each_pair([](const Row &attacker, const Row &victim, const Places &its) {
        const uint64_t box = POSTERN_BOXES + uint64_t{rt::key::index_of(victim.domain)} * 0xb000;
        return is_refused(attacker, Way::reads, box, FaultKind::read) &&
               is_refused(attacker, Way::writes, box, FaultKind::write) &&
               is_refused(attacker, Way::reads, its.word + POSTERN_ALIAS, FaultKind::read) &&
               is_refused(attacker, Way::writes, its.word + POSTERN_ALIAS, FaultKind::write);
    });
}

POSTERN_TEST("attack.forty.calls_in_the_name_of_each_other", SHOWS(own_spaces_are_many),
             TRIES(attack_126)) {
    each_pair([](const Row &attacker, const Row &victim, const Places &) {
        const auto number = static_cast<uint64_t>(&victim - rows) + 1;
        return is_refused(attacker, Way::asks, number, FaultKind::service) &&
               is_refused(attacker, Way::crosses, number, FaultKind::cross_call);
    });
}
