/// The C library of domains: headers, state of each domain's own, ends of calls that say so.
#include "rt/base/slot.h"
#include "tests/crt/library/library.h"
#include "tests/crt/library/line.h"
#include "tests/crt/reexec.h"
#include "tests/harness/harness.h"

namespace {

using rt::FaultKind;

constexpr rt::Entry<Domain::alice, alice_does> alice_does_entry;
constexpr rt::Entry<Domain::alice, alice_ends> alice_ends_entry;
constexpr rt::Entry<Domain::bob, bob_error_number> bob_error_number_entry;
constexpr rt::Entry<Domain::bob, bob_uses_every_header> bob_uses_every_header_entry;
constexpr rt::Entry<Domain::bob, bob_has_his_own> bob_has_his_own_entry;
constexpr rt::Entry<Domain::bob, bob_stops_with> bob_stops_with_entry;

POSTERN_BSS(bob) char bobs_text[32];
char monitors_text[32] = "the monitor's secret";

uint64_t alice(task what, uint64_t value) {
    return rt::call<Domain::alice>(alice_does_entry, what, value).value_or(~uint64_t{0});
}

/// The call ends as a Fault of that kind whose line begins with `line` and contains `part`.
void expect_end(end way, uint64_t room, FaultKind kind, const char *line, const char *part = "") {
    expect_line(rt::call<Domain::alice>(alice_ends_entry, way, room), kind, line, part);
}

/// One more byte of room, and the call comes back.
void expect_fits(end way, uint64_t room) {
    const auto ended = rt::call<Domain::alice>(alice_ends_entry, way, room);
    EXPECT(bool(ended)) && EXPECT(ended.value() != 0);
}

void bob_names(uint64_t text) {
    const auto stopped = rt::call<Domain::bob>(bob_stops_with_entry, text);
    EXPECT(!stopped) && EXPECT(stopped.fault().kind == FaultKind::illegal) &&
        EXPECT(stopped.fault().reason() == nullptr);
}

} // namespace

POSTERN_TEST("run.library.a_domain_in_c_uses_every_header", SHOWS(domains_have_c)) {
    EXPECT_EQUAL(alice(task_use_every_header, 0), 0);
}

POSTERN_TEST("run.library.a_domain_in_cpp_uses_every_header", SHOWS(domains_have_c)) {
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_uses_every_header_entry).value_or(0), 1);
}

POSTERN_TEST("run.library.each_domain_has_its_error_number", SHOWS(domains_have_c)) {
    EXPECT_EQUAL(alice(task_set_error_number, 33), 0);
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_error_number_entry).value_or(77), 0);
    EXPECT_EQUAL(alice(task_error_number, 0), 33);
}

POSTERN_TEST("run.library.a_definition_of_its_own_comes_first", SHOWS(domains_have_c)) {
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_has_his_own_entry).value_or(0), 4242);
}

POSTERN_TEST("run.library.setjmp_returns_twice", SHOWS(domains_have_c)) {
    EXPECT_EQUAL(alice(task_jump_out, 1000), 3001);
    EXPECT_EQUAL(alice(task_sort, 5), 1);
}

POSTERN_TEST("deny.library.ends_of_its_own_say_so", SHOWS(ends_of_domains_say_so)) {
    expect_end(end_abort, 0, FaultKind::ended, "alice: abort was called, at 0x");
    expect_end(end_exit, 0, FaultKind::ended, "alice: exit was called, at 0x");
    expect_end(end_underscore_exit, 0, FaultKind::ended, "alice: _exit was called, at 0x");
    expect_fits(end_memcpy_chk, 10); // the domain goes on
}

POSTERN_TEST("deny.library.a_failed_assertion_shows_its_expression",
             SHOWS(ends_of_domains_say_so)) {
    expect_end(end_assertion, 5, FaultKind::assertion,
               "alice: assertion failed: room == 17 (", "tests/crt/library/alice.c:");
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_ends_entry, end_assertion, 17ul).value_or(1), 0);
}

POSTERN_TEST("deny.library.a_smashed_stack_says_so", SHOWS(ends_of_domains_say_so)) {
    expect_end(end_smashed_stack, 32, FaultKind::overrun,
               "alice: smashed stack: a function's canary has changed, at 0x");
    expect_fits(end_smashed_stack, 16);
}

POSTERN_TEST("deny.library.fortified_functions_stop_before_the_overrun",
             SHOWS(ends_of_domains_say_so)) {
    constexpr const char *copy = "alice: memcpy: more bytes than its buffer has, at 0x";
    expect_end(end_memcpy_chk, 9, FaultKind::overrun, copy);
    expect_fits(end_memcpy_chk, 10);
    expect_end(end_strcpy_chk, 10, FaultKind::overrun, "alice: strcpy: more bytes than");
    expect_fits(end_strcpy_chk, 11);
    expect_end(end_strncat_chk, 9, FaultKind::overrun, "alice: strncat: more bytes than");
    expect_fits(end_strncat_chk, 10);
    expect_end(end_sprintf_chk, 10, FaultKind::overrun, "alice: sprintf: more bytes than");
    expect_fits(end_sprintf_chk, 11);
    expect_end(end_old_jump, 0, FaultKind::overrun,
               "alice: longjmp: into a function that has returned");
}

POSTERN_TEST("deny.library.floating_point_formats_say_so", SHOWS(ends_of_domains_say_so)) {
    expect_end(end_float_format, 64, FaultKind::absent, "alice: snprintf: a conversion other than");
}

// Goal: bytes of the monitor's in a line of the log, or a line of the attacker's making.
POSTERN_TEST("attack.library.texts_that_are_no_constants", SHOWS(ends_of_domains_say_so),
             TRIES(attack_107)) {
    bob_names(0);
    bob_names(1);
    EXPECT(bool(rt::copy_to_domain(Domain::bob, rt::Claimed::of(bobs_text), "text", 5)));
    bob_names(reinterpret_cast<uint64_t>(bobs_text));
    bob_names(reinterpret_cast<uint64_t>(monitors_text));
    bob_names(reinterpret_cast<uint64_t>(__pristine_start));
    bob_names(reinterpret_cast<uint64_t>(__rodata_end) - 1);
    bob_names(0x18);
    bob_names(uint64_t{1} << 63);
    bob_names(~uint64_t{0});
}

namespace {

/// Started anew, this image says which canary it has.
void say_canary() {
    rt::log("canary {}", rt::base::Hex{rt::base::slot().canary});
}

harness::ChildEnd other_start() {
    static constexpr const char *words[] = {"test_library", "say_canary", nullptr};
    static constexpr const char *variables[] = {"POSTERN_TEST_JOB=canary", nullptr};
    return reexec::start(words, variables);
}

} // namespace

void prepare(rt::Arguments arguments) {
    const char *job = arguments.environment(reexec::job_name);
    if (job != nullptr && reexec::equal(job, "canary")) {
        say_canary();
        rt::sys::exit(0);
    }
}

POSTERN_TEST("run.start.the_canary_is_readable_and_no_text", SHOWS(canary_is_random)) {
    const uint64_t canary = alice(task_canary, 0);
    EXPECT_EQUAL(canary, rt::base::slot().canary);
    EXPECT(canary >> 8 != 0);
    EXPECT_EQUAL(canary & 0xff, 0);
}

POSTERN_TEST("run.start.each_start_has_another_canary", SHOWS(canary_is_random)) {
    if (!reexec::can_start()) {
        return;
    }
    rt::base::Line line;
    line.append("canary ").append(rt::base::Hex{rt::base::slot().canary}).append('\0');
    const auto first = other_start();
    const auto second = other_start();
    reexec::expect_status(first, 0);
    EXPECT(first.says("canary 0x") && second.says("canary 0x"));
    EXPECT(!first.says(line.text()) && !second.says(line.text()));
    EXPECT(!reexec::equal(first.text, second.text));
}
