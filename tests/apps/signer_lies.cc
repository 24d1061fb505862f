/// The app's checks against a parser that lies about everything it can.
#include "apps/signer/checked_request.h"
#include "linker/symbols.h"
#include "tests/apps/lying_parser.h"
#include "tests/harness/harness.h"

extern "C" char __parser_end[], __parser_stack_start[], __parser_stack_end[];

namespace {

using rt::Claimed;
using signer::Checked;
using signer::Outcome;
using signer::Request;
using signer::Verb;

POSTERN_DATA(vault) char vault_data[] = "the vault's";
char monitor_data[] = "the monitor's";

constexpr uint64_t sign = static_cast<uint64_t>(Verb::sign);

/// The outcome in the app of a lie.
Outcome<Checked> tell(const signer::parser::Lie &lie) {
    EXPECT(bool(
        rt::copy_to_domain(Domain::parser, Claimed::of(&signer::parser::lie), &lie, sizeof lie)));
    return signer::read_request({signer::InputLine::Kind::whole, "x", 1}, false);
}

Outcome<Checked> tell_path(uint64_t path) {
    return tell({0, {{}, path, sign}});
}

bool same(const char *left, const char *right) {
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return *left == *right;
}

bool refused(const Outcome<Checked> &outcome, const char *reason) {
    return EXPECT(!outcome) && EXPECT(same(outcome.error().reason, reason));
}

uint64_t address_of(const void *object) {
    return reinterpret_cast<uint64_t>(object);
}

/// Writes at an address of the parser's memory.
void plant(uint64_t address, const char *text, size_t bytes) {
    EXPECT(bool(rt::copy_to_domain(Domain::parser, Claimed::from_raw(address), text, bytes)));
}

constexpr const char *not_its_own = "the parser handed over a path that is not in its memory";
constexpr const char *impossible_length = "the parser handed over a path of impossible length";

} // namespace

POSTERN_TEST("run.signer.paths_in_the_parsers_memory") {
    const uint64_t places[] = {address_of(signer::parser::own), address_of(__parser_end) - 3,
                               address_of(__parser_stack_start)};
    for (const uint64_t place : places) {
        plant(place, "hi", 3);
        const auto outcome = tell_path(place);
        if (EXPECT(bool(outcome))) {
            EXPECT(outcome.value().verb == Verb::sign);
            EXPECT(same(outcome.value().path, "hi"));
            EXPECT_EQUAL(outcome.value().path_bytes, 2);
        }
    }
}

POSTERN_TEST("attack.signer.paths_elsewhere", SHOWS(signer_parser_can_only_ask), TRIES(attack_89)) {
    const uint64_t places[] = {
        address_of(vault_data),
        address_of(monitor_data),
        address_of("a constant"),
        address_of(__text_start),
        address_of(__pristine_start),
        address_of(__monitor_stack_start),
        address_of(__arguments_start),
        address_of(__arena_start) + POSTERN_SLOT_PUBLIC,
        address_of(__parser_end) - 3,
        address_of(__parser_end) - 1,
        address_of(__parser_end),
        address_of(__parser_stack_start) - 1,
        address_of(__parser_stack_end),
        0,
        16,
        ~uint64_t{0},
        ~uint64_t{0} - 1,
        uint64_t{1} << 63,
        uint64_t{1} << 47,
    };
    plant(address_of(__parser_end) - 3, "abc", 3); // a string that its memory ends before
    for (const uint64_t place : places) {
        refused(tell_path(place), not_its_own);
    }
}

POSTERN_TEST("attack.signer.lengths_that_cannot_be", SHOWS(signer_parser_can_only_ask),
             TRIES(attack_89)) {
    char text[signer::longest_path + 2];
    __builtin_memset(text, 'a', sizeof text);
    const uint64_t place = address_of(signer::parser::line);
    const auto tell_length = [&](size_t bytes) {
        EXPECT(bytes < sizeof text);
        text[bytes] = '\0';
        plant(place, text, bytes + 1);
        text[bytes] = 'a';
        return tell_path(place);
    };
    EXPECT(bool(tell_length(signer::longest_path)));
    refused(tell_length(signer::longest_path + 1), impossible_length);
    plant(place, text, sizeof text); // no null byte in reach
    refused(tell_path(place), impossible_length);
    plant(address_of(signer::parser::own), "", 1);
    refused(tell_path(address_of(signer::parser::own)), impossible_length);
}

POSTERN_TEST("attack.signer.bytes_that_forge_answers", SHOWS(signer_parser_can_only_ask),
             TRIES(attack_89)) {
    const char *const paths[] = {"a\nok", "\rabc", "abc\033", "\177abc", "a\tbc"};
    for (const char *path : paths) {
        plant(address_of(signer::parser::own), path, 5);
        refused(tell_path(address_of(signer::parser::own)),
                "the parser handed over a path with a control byte");
    }
}

POSTERN_TEST("attack.signer.verbs_and_verdicts_out_of_range", SHOWS(signer_parser_can_only_ask),
             TRIES(attack_89)) {
    const uint64_t verbs[] = {uint64_t{0}, uint64_t{4}, uint64_t{1} << 32 | 1, ~uint64_t{0}};
    for (const uint64_t verb : verbs) {
        refused(tell({0, {{}, address_of(signer::parser::own), verb}}),
                "the parser handed over no request");
    }
    const uint64_t verdicts[] = {uint64_t{6}, uint64_t{1} << 32, ~uint64_t{0}};
    for (const uint64_t verdict : verdicts) {
        refused(tell({verdict, {}}), "the parser gave an impossible answer");
    }
}

// The parser's own words never become an answer: the reasons are the app's.
POSTERN_TEST("run.signer.reasons_are_numbers") {
    refused(tell({2, {}}), "no path");
    refused(tell({5, {}}), "the path has a control byte");
}

POSTERN_TEST("run.signer.a_parser_that_faulted_begins_anew", SHOWS(signer_parser_is_restarted)) {
    const auto own_begins_with = [](char wanted) {
        char found = '?';
        EXPECT(bool(
            rt::copy_from_domain(Domain::parser, &found, Claimed::of(&signer::parser::own), 1)));
        EXPECT_EQUAL(found, wanted);
    };
    plant(address_of(signer::parser::own), "planted", 8);
    refused(tell({2, {}}), "no path");
    own_begins_with('p'); // a call that does not fault leaves it
    const uint64_t life = rt::life_of(Domain::parser);
    for (uint64_t faults = 1; faults <= 100; ++faults) { // it takes calls after any number
        plant(address_of(signer::parser::own), "planted", 8);
        refused(tell({0, {{}, address_of(signer::parser::own), sign}, true}),
                "the parser faulted on this request");
        own_begins_with('\0');
        EXPECT_EQUAL(rt::life_of(Domain::parser), life + faults);
    }
    refused(tell({2, {}}), "no path");
}
