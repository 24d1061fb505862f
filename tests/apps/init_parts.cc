/// The parts of init that are pure values: pauses between starts, lines cut out of bytes.
#include "apps/init/back_off.h"
#include "apps/init/line_cutter.h"
#include "apps/init/services.h"
#include "tests/harness/harness.h"

namespace {

using init::BackOff;

constexpr uint64_t second = 1'000'000'000;

/// Declares one service more than there is room for, named a to q, and asks for the state of all.
void declare_too_many() {
    static init::Services services;
    init::Checked directive{init::Verb::keep, "a", "/a", 1};
    for (size_t i = 0; i <= init::Services::most; ++i) {
        services.obey(directive, 0);
        ++directive.name[0];
    }
    directive.verb = init::Verb::status;
    services.obey(directive, 0);
}

} // namespace

POSTERN_TEST("unit.back_off.pauses_double_until_it_gives_up", SHOWS(init_supervises)) {
    BackOff back_off;
    uint64_t pause = BackOff::first_pause;
    for (size_t i = 1; i < BackOff::most; ++i) {
        const auto verdict = back_off.ended(i * second);
        EXPECT(!verdict.give_up);
        EXPECT_EQUAL(verdict.pause, pause);
        EXPECT_EQUAL(verdict.ends, i);
        pause *= 2;
    }
    EXPECT(back_off.ended(BackOff::most * second).give_up);
    // A service that is started again has all its chances.
    EXPECT_EQUAL(back_off.ended(BackOff::most * second).ends, 1);
}

POSTERN_TEST("unit.back_off.ends_are_forgotten_after_the_window") {
    BackOff back_off;
    for (uint64_t i = 1; i < BackOff::most; ++i) {
        EXPECT(!back_off.ended(i * second).give_up);
    }
    // The first is older than the window, the others are not.
    const auto verdict = back_off.ended(BackOff::window + second);
    EXPECT(!verdict.give_up);
    EXPECT_EQUAL(verdict.ends, BackOff::most - 1);
    for (uint64_t i = 1; i < 100; ++i) {
        EXPECT_EQUAL(back_off.ended((i + 2) * BackOff::window).pause, BackOff::first_pause);
    }
}

POSTERN_TEST("unit.services.are_sixteen_at_most", SHOWS(init_supervises)) {
    const auto end = harness::in_child(declare_too_many);
    EXPECT_EQUAL(end.exit_status, 0);
    EXPECT(end.says("init: q: more than 16 services\n"));
    EXPECT(end.says("init: p: waiting\ninit: 16 services\n"));
}

POSTERN_TEST("unit.lines.are_cut_and_measured") {
    static init::LineCutter lines;
    const auto take = [](const char *text, size_t bytes) {
        bool ended = false;
        for (size_t i = 0; i < bytes; ++i) {
            ended = lines.take(text[i]);
        }
        return ended;
    };
    EXPECT(!take("first", 5));
    EXPECT(take("\n", 1));
    EXPECT_EQUAL(lines.bytes(), 5);
    EXPECT(__builtin_memcmp(lines.text(), "first", 5) == 0);
    EXPECT(take("\n", 1));
    EXPECT_EQUAL(lines.bytes(), 0);
    const size_t lengths[] = {init::longest_line, init::longest_line + 1, 5 * init::longest_line};
    for (const size_t length : lengths) {
        for (size_t i = 0; i < length; ++i) {
            EXPECT(!take("x", 1));
        }
        EXPECT(take("\n", 1));
        EXPECT_EQUAL(lines.bytes(), length);
        EXPECT(lines.too_long() == (length > init::longest_line));
    }
    EXPECT(take("y\n", 2));
    EXPECT(!lines.too_long() && lines.bytes() == 1 && lines.text()[0] == 'y');
}
