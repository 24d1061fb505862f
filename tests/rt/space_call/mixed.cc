/// Domains of both kinds in one program: what they share, what they reach, and how their calls end.
#include "rt/domain/alias.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/rt/space_call/mixed.h"

namespace mixed {

namespace {

using rt::Claimed;
using rt::Fault;
using rt::FaultKind;

constexpr uint64_t millisecond = 1'000'000;

uint64_t address_of(const volatile void *object) {
    return reinterpret_cast<uint64_t>(object);
}

rt::Result<uint64_t, Fault> ask(Domain domain, uint64_t what, const volatile void *at,
                                uint64_t value = 0) {
    return domain == Domain::bob ? rt::call<Domain::bob>(in_bob, what, address_of(at), value)
                                 : rt::call<Domain::alice>(in_alice, what, address_of(at), value);
}
uint64_t read(Domain domain, const volatile void *at) {
    return ask(domain, deeds(Deed::read), at).value_or(~uint64_t{0});
}
constexpr Domain both[] = {Domain::alice, Domain::bob};
Domain other_than(Domain domain) {
    return domain == Domain::bob ? Domain::alice : Domain::bob;
}

uint64_t handle_ask_other(Domain caller, uint64_t what, uint64_t address, uint64_t value) {
    const auto outcome =
        ask(other_than(caller), what, reinterpret_cast<const volatile void *>(address), value);
    return outcome ? outcome.value() : fell + static_cast<uint64_t>(outcome.fault().kind);
}

/// A fault without a key, as where nothing is mapped for the domain.
bool is_refused(const rt::Result<uint64_t, Fault> &outcome, Domain domain, FaultKind kind,
                uint64_t address) {
    return !outcome && outcome.fault().domain == domain && outcome.fault().kind == kind &&
           outcome.fault().address == address;
}

/// bob's memory, the monitor's view of it, what the monitor and bob tell each other, copies of data.
void expect_no_reach(Domain domain, const uint64_t *words, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        const auto *at = reinterpret_cast<const volatile void *>(words[i]);
        EXPECT(is_refused(ask(domain, deeds(Deed::read), at), domain, FaultKind::read, words[i]));
        EXPECT(is_refused(ask(domain, deeds(Deed::write), at, 1), domain, FaultKind::write, words[i]));
    }
}

} // namespace

} // namespace mixed

using namespace mixed;

POSTERN_SERVICES(rt::provide<ask_other, handle_ask_other>(rt::Callers::any()));
POSTERN_CROSS_CALLS(alice_to_bob, bob_to_alice);

POSTERN_TEST("run.mixed.one_domain_has_no_key", SHOWS(own_spaces_beside_keys)) {
    EXPECT(rt::key::is_apart(Domain::bob));
    EXPECT(rt::key::is_apart(Domain::alice) == !rt::key::has_keys());
    EXPECT_EQUAL(read(Domain::alice, &alice_word), 0xa11ce);
    EXPECT_EQUAL(read(Domain::bob, &bob_word), 0xb0b);
    EXPECT(bool(rt::audit_keys()));
}

POSTERN_TEST("run.mixed.calls_in_both_directions", SHOWS(own_spaces_beside_keys)) {
    for (const Domain domain : both) {
        const volatile void *others = domain == Domain::bob ? &alice_word : &bob_word;
        const volatile void *its = domain == Domain::bob ? &bob_word : &alice_word;
        const uint64_t its_value = read(domain, its), others_value = read(other_than(domain), others);
        EXPECT_EQUAL(ask(domain, deeds(Deed::cross, Deed::read), others).value_or(0), others_value);
        EXPECT_EQUAL(ask(domain, deeds(Deed::serve, Deed::read), others).value_or(0), others_value);
        EXPECT_EQUAL(ask(domain, deeds(Deed::cross, Deed::cross, Deed::read), its).value_or(0),
                     its_value);
        EXPECT_EQUAL(ask(domain, deeds(Deed::cross, Deed::serve, Deed::cross, Deed::serve, Deed::read),
                         its).value_or(0),
                     its_value);
        // The innermost call faults; those around it go on.
        EXPECT_EQUAL(ask(domain, deeds(Deed::cross, Deed::cross, Deed::read), others).value_or(0),
                     fell + static_cast<uint64_t>(FaultKind::read));
        EXPECT_EQUAL(ask(domain, deeds(Deed::serve, Deed::read), its).value_or(0),
                     fell + static_cast<uint64_t>(FaultKind::read));
        EXPECT_EQUAL(read(domain, its), its_value);
    }
}

POSTERN_TEST("run.mixed.shared_data_is_live", SHOWS(own_spaces_beside_keys, shared_data_has_its_own_key)) {
    for (uint64_t round = 0; round < 20; ++round) {
        for (const Domain domain : both) {
            const uint64_t value = 1000 + 2 * round + (domain == Domain::bob ? 1 : 0);
            EXPECT_EQUAL(ask(domain, deeds(Deed::write), &desk_word, value).value_or(0), value);
            EXPECT_EQUAL(read(other_than(domain), &desk_word), value);
            EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::desk, Claimed::of(&desk_word)).value_or(0),
                         value);
        }
        EXPECT(bool(rt::put_user(Domain::desk, Claimed::of(&desk_word), round)));
        EXPECT_EQUAL(read(Domain::alice, &desk_word), round);
        EXPECT_EQUAL(read(Domain::bob, &desk_word), round);
    }
    EXPECT_EQUAL(ask(Domain::alice, deeds(Deed::write), &board_word, 101).value_or(0), 101);
    EXPECT_EQUAL(read(Domain::bob, &board_word), 101);
    EXPECT(is_refused(ask(Domain::bob, deeds(Deed::write), &board_word, 102), Domain::bob,
                      FaultKind::write, address_of(&board_word)));
    EXPECT_EQUAL(read(Domain::alice, &board_word), 101);
}

POSTERN_TEST("run.mixed.loans", SHOWS(own_spaces_beside_keys, lending_opens_for_one_call)) {
    const auto inbox = address_of(&inbox_word);
    const auto now = [] {
        return rt::get_user<uint64_t>(Domain::inbox, Claimed::of(&inbox_word)).value_or(0);
    };
    EXPECT(bool(rt::put_user(Domain::inbox, Claimed::of(&inbox_word), uint64_t{300})));
    for (const Domain domain : both) {
        EXPECT(is_refused(ask(domain, deeds(Deed::read), &inbox_word), domain, FaultKind::read, inbox));
    }
    EXPECT_EQUAL((rt::call_lending<Domain::bob, rt::Reading<Domain::inbox>>(
                      in_bob, deeds(Deed::read), inbox, uint64_t{0})
                      .value_or(0)),
                 300);
    EXPECT_EQUAL((rt::call_lending<Domain::bob, rt::Writing<Domain::inbox>>(
                      in_bob, deeds(Deed::write), inbox, uint64_t{301})
                      .value_or(0)),
                 301);
    EXPECT_EQUAL(now(), 301);
    EXPECT_EQUAL((rt::call_lending<Domain::alice, rt::Writing<Domain::inbox>>(
                      in_alice, deeds(Deed::write), inbox, uint64_t{302})
                      .value_or(0)),
                 302);
    EXPECT_EQUAL(now(), 302);
    // A borrower with a loan to read cannot write; one that faults gives back what it has written.
    const auto denied = rt::call_lending<Domain::bob, rt::Reading<Domain::inbox>>(
        in_bob, deeds(Deed::write), inbox, uint64_t{303});
    EXPECT(is_refused(denied, Domain::bob, FaultKind::write, inbox));
    EXPECT_EQUAL(now(), 302);
    // Nothing is passed on.
    EXPECT_EQUAL((rt::call_lending<Domain::bob, rt::Writing<Domain::inbox>>(
                      in_bob, deeds(Deed::cross, Deed::read), inbox, uint64_t{0})
                      .value_or(0)),
                 fell + static_cast<uint64_t>(FaultKind::read));
    for (const Domain domain : both) {
        EXPECT(is_refused(ask(domain, deeds(Deed::read), &inbox_word), domain, FaultKind::read, inbox));
    }
}

POSTERN_TEST("deny.mixed.no_domain_reaches_another", SHOWS(own_spaces_beside_keys, domain_reaches_its_own_alone)) {
    const uint64_t bob = address_of(&bob_word), alice = address_of(&alice_word);
    const uint64_t of_bob[] = {bob, bob + POSTERN_ALIAS, address_of(rt_domain_heaps[rt::key::number_of(Domain::bob)].begin),
                               POSTERN_BOXES, POSTERN_BOXES + POSTERN_ALIAS - POSTERN_PAGE, POSTERN_LOANS};
    expect_no_reach(Domain::alice, of_bob, sizeof of_bob / sizeof of_bob[0]);
    const uint64_t of_others[] = {alice, alice + POSTERN_ALIAS, bob + POSTERN_ALIAS,
                                  address_of(rt_domain_heaps[rt::key::number_of(Domain::alice)].begin),
                                  address_of(__arena_start) + POSTERN_SLOT_PRIVATE, POSTERN_BOXES,
                                  POSTERN_LOANS, address_of(__pristine_start)};
    expect_no_reach(Domain::bob, of_others, sizeof of_others / sizeof of_others[0]);
    EXPECT_EQUAL(read(Domain::alice, &alice_word), 0xa11ce);
    EXPECT_EQUAL(read(Domain::bob, &bob_word), 0xb0b);
}

POSTERN_TEST("run.mixed.a_fault_says_whose_process", SHOWS(own_spaces_beside_keys)) {
    const auto says = [](const Fault &fault, const rt::Line &wanted) {
        rt::Line line;
        line.format("{}", fault);
        if (!EXPECT(line.bytes() >= wanted.bytes() &&
                    __builtin_memcmp(line.text(), wanted.text(), wanted.bytes()) == 0)) {
            rt::log("seen: {}", fault);
        }
    };
    const auto by_bob = ask(Domain::bob, deeds(Deed::read), &alice_word);
    const auto by_alice = ask(Domain::alice, deeds(Deed::read), &bob_word);
    const auto by_alias = ask(Domain::alice, deeds(Deed::read),
                              reinterpret_cast<const void *>(address_of(&bob_word) + POSTERN_ALIAS));
    EXPECT(!by_bob && !by_alice && !by_alias);
    rt::Line bob, alice, alias;
    bob.format("bob{}: read of {} refused: alice's data, at 0x",
               rt::key::has_keys() ? " (in a process of its own)" : "",
               rt::Hex{address_of(&alice_word)});
    alice.format("alice: read of {} refused: bob's data, at 0x", rt::Hex{address_of(&bob_word)});
    alias.format("alice: read of {} refused: {}bob's data, as the monitor sees it, at 0x",
                 rt::Hex{address_of(&bob_word) + POSTERN_ALIAS},
                 rt::key::has_keys() ? "key 1, " : "");
    says(by_bob.fault(), bob);
    says(by_alice.fault(), alice);
    says(by_alias.fault(), alias);
}

POSTERN_TEST("run.mixed.restart", SHOWS(own_spaces_beside_keys, restart_is_pristine)) {
    for (const Domain domain : both) {
        const bool is_bob = domain == Domain::bob;
        const volatile void *word = is_bob ? &bob_word : &alice_word;
        const auto &heap = rt_domain_heaps[rt::key::number_of(domain)];
        const volatile void *places[] = {word, heap.begin, heap.end - sizeof(uint64_t)};
        for (const volatile void *place : places) {
            EXPECT_EQUAL(ask(domain, deeds(Deed::write), place, 77).value_or(0), 77);
        }
        EXPECT_EQUAL(ask(other_than(domain), deeds(Deed::write), &desk_word, 78).value_or(0), 78);
        EXPECT(bool(rt::restart(domain)));
        EXPECT_EQUAL(read(domain, word), is_bob ? 0xb0b : 0xa11ce);
        EXPECT_EQUAL(read(domain, heap.begin), 0);
        EXPECT_EQUAL(read(domain, heap.end - sizeof(uint64_t)), 0);
        EXPECT_EQUAL(read(domain, &desk_word), 78); // a data domain's memory stays
    }
}

POSTERN_TEST("run.mixed.deadlines", SHOWS(own_spaces_beside_keys, deadline_cuts_a_domain)) {
    const uint64_t ways[] = {deeds(Deed::spin), deeds(Deed::cross, Deed::spin),
                             deeds(Deed::serve, Deed::spin), deeds(Deed::cross, Deed::cross, Deed::spin)};
    for (const uint64_t way : ways) {
        const auto bob = rt::call_within<Domain::bob>(40 * millisecond, in_bob, way, 0ul, 0ul);
        EXPECT(!bob && bob.fault().kind == FaultKind::deadline && bob.fault().domain == Domain::bob);
        const auto alice = rt::call_within<Domain::alice>(40 * millisecond, in_alice, way, 0ul, 0ul);
        EXPECT(!alice && alice.fault().kind == FaultKind::deadline &&
               alice.fault().domain == Domain::alice);
        EXPECT_EQUAL(read(Domain::alice, &alice_word), 0xa11ce);
        EXPECT_EQUAL(read(Domain::bob, &bob_word), 0xb0b);
    }
}
