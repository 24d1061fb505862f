/// The checks of process 1 against a parser that lies about everything it can.
#include "apps/init/checked_directive.h"
#include "linker/symbols.h"
#include "tests/apps/init_lying_parser.h"
#include "tests/harness/harness.h"

extern "C" char __parser_end[], __parser_stack_start[], __parser_stack_end[];

namespace {

using init::Checked;
using init::Directive;
using init::Refusal;
using init::Verb;
using init::parser::own;
using rt::Claimed;
using Outcome = rt::Result<const Checked *, Refusal>;

char monitor_data[] = "/monitor";

bool same(const char *left, const char *right) {
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return *left == *right;
}

uint64_t address_of(const void *object) {
    return reinterpret_cast<uint64_t>(object);
}

/// The outcome in process 1 of a lie.
Outcome tell(uint64_t verdict, const Directive &directive, bool faults = false) {
    const init::parser::Lie lie{verdict, directive, faults};
    EXPECT(bool(
        rt::copy_to_domain(Domain::parser, Claimed::of(&init::parser::lie), &lie, sizeof lie)));
    return init::read_directive("x", 1, false);
}

Outcome tell_command(uint64_t place, uint64_t bytes, uint64_t words) {
    return tell(0, {static_cast<uint64_t>(Verb::keep), "name", place, bytes, words});
}

/// Writes at an address of the parser's memory.
void plant(uint64_t address, const char *text, size_t bytes) {
    EXPECT(bool(rt::copy_to_domain(Domain::parser, Claimed::from_raw(address), text, bytes)));
}

bool refused(const Outcome &outcome, const char *reason) {
    return EXPECT(!outcome) && EXPECT(same(outcome.error().reason, reason));
}

constexpr const char *not_its_own = "the parser handed over a command that is not in its memory";
constexpr const char *impossible = "the parser handed over a command of impossible length";
constexpr const char *no_command =
    "a command is a path that begins with / and words without byte 0";
constexpr const char *no_name = "a name is 1 to 31 of a to z, 0 to 9, - and _";

} // namespace

POSTERN_TEST("run.init.a_command_in_the_parsers_memory") {
    const uint64_t places[] = {address_of(own), address_of(__parser_end) - 6,
                               address_of(__parser_stack_start)};
    for (const uint64_t place : places) {
        plant(place, "/a\0bc", 6);
        const auto outcome = tell_command(place, 6, 2);
        if (EXPECT(bool(outcome))) {
            EXPECT(outcome.value()->verb == Verb::keep);
            EXPECT(same(outcome.value()->name, "name"));
            EXPECT(__builtin_memcmp(outcome.value()->command, "/a\0bc", 6) == 0);
            EXPECT_EQUAL(outcome.value()->words, 2);
        }
    }
}

POSTERN_TEST("attack.init.commands_elsewhere", SHOWS(init_survives_hostile_input),
             TRIES(attack_90)) {
    const uint64_t places[] = {
        address_of(monitor_data),
        address_of("/constant"),
        address_of(__text_start),
        address_of(__pristine_start),
        address_of(__monitor_stack_start),
        address_of(__arguments_start),
        address_of(__arena_start) + POSTERN_SLOT_PUBLIC,
        address_of(__parser_end) - 5,
        address_of(__parser_stack_start) - 1,
        address_of(__parser_stack_end) - 5,
        0,
        ~uint64_t{0} - 2,
        uint64_t{1} << 63,
        uint64_t{1} << 47,
    };
    for (const uint64_t place : places) {
        refused(tell_command(place, 6, 1), not_its_own);
    }
}

POSTERN_TEST("attack.init.lengths_that_cannot_be", SHOWS(init_survives_hostile_input),
             TRIES(attack_90)) {
    const uint64_t lengths[] = {0, 1026, 1 << 16, uint64_t{1} << 32, ~uint64_t{0}};
    for (const uint64_t bytes : lengths) {
        refused(tell_command(address_of(own), bytes, 1), impossible);
    }
    const uint64_t words[] = {0, 17, uint64_t{1} << 32 | 1, ~uint64_t{0}};
    for (const uint64_t count : words) {
        refused(tell_command(address_of(own), 6, count), impossible);
    }
}

POSTERN_TEST("attack.init.words_that_are_not_there", SHOWS(init_survives_hostile_input),
             TRIES(attack_90)) {
    plant(address_of(own), "/a\0bc", 6);
    refused(tell_command(address_of(own), 6, 3), no_command); // two words
    refused(tell_command(address_of(own), 6, 1), no_command);
    refused(tell_command(address_of(own), 5, 2), no_command); // the last without its end
    refused(tell_command(address_of(own), 5, 1), no_command); // and not counted
    plant(address_of(own), "a/\0bc", 6);
    refused(tell_command(address_of(own), 6, 2), no_command); // no path
}

POSTERN_TEST("attack.init.names_that_forge_lines", SHOWS(init_survives_hostile_input),
             TRIES(attack_90)) {
    plant(address_of(own), "/a", 3);
    const char names[][init::longest_name + 1] = {
        "", "a\nb", "a b", "A", "\033", "\xff", "a/b", "a:b", "1234567890123456789012345678901"};
    for (const auto &name : names) {
        Directive lie{static_cast<uint64_t>(Verb::once), {}, address_of(own), 3, 1};
        __builtin_memcpy(lie.name, name, sizeof lie.name);
        if (&name == &names[8]) {
            EXPECT(bool(tell(0, lie)));         // 31 bytes
            lie.name[init::longest_name] = '2'; // 32, without an end
        }
        refused(tell(0, lie), no_name);
        lie.verb = static_cast<uint64_t>(Verb::stop);
        refused(tell(0, lie), no_name);
    }
}

POSTERN_TEST("attack.init.bytes_after_a_names_end", SHOWS(init_survives_hostile_input),
             TRIES(attack_90)) {
    // They are not looked at, so they must not tell two services of one name apart.
    Directive lie{static_cast<uint64_t>(Verb::start), "name\0\n\x01\xff", 0, 0, 0};
    lie.name[init::longest_name] = 'x';
    const auto outcome = tell(0, lie);
    const char clean[init::longest_name + 1] = "name";
    EXPECT(outcome && __builtin_memcmp(outcome.value()->name, clean, sizeof clean) == 0);
}

POSTERN_TEST("attack.init.a_fault_is_no_answer", SHOWS(init_survives_hostile_input),
             TRIES(attack_90)) {
    plant(address_of(own), "/a", 3);
    refused(tell(0, {static_cast<uint64_t>(Verb::keep), "name", address_of(own), 3, 1}, true),
            "the parser faulted on this line");
}

POSTERN_TEST("attack.init.remains_of_an_earlier_line", SHOWS(init_survives_hostile_input),
             TRIES(attack_90)) {
    EXPECT(bool(tell(0, {static_cast<uint64_t>(Verb::off), "left", 1, 2, 3})));
    EXPECT(bool(tell(0, {static_cast<uint64_t>(Verb::off), "left", 1, 2, 3})));
    Directive seen;
    const Directive nothing{};
    EXPECT(bool(rt::copy_from_domain(Domain::parser, &seen, Claimed::of(&init::parser::found),
                                     sizeof seen)));
    EXPECT(__builtin_memcmp(&seen, &nothing, sizeof seen) == 0);
}

POSTERN_TEST("attack.init.verbs_and_verdicts_out_of_range", SHOWS(init_survives_hostile_input),
             TRIES(attack_90)) {
    const uint64_t verbs[] = {6, uint64_t{1} << 32, ~uint64_t{0}};
    for (const uint64_t verb : verbs) {
        refused(tell(0, {verb, "name", address_of(own), 3, 1}),
                "the parser handed over no directive");
    }
    const uint64_t verdicts[] = {6, uint64_t{1} << 32, ~uint64_t{0}};
    for (const uint64_t verdict : verdicts) {
        refused(tell(verdict, {}), "the parser gave an impossible answer");
    }
}
