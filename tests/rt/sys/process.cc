/// Child processes: what they are given, what they do not inherit, and how their end is told.
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/sys/call.h"
#include "rt/sys/child.h"
#include "rt/sys/poll.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

using rt::Errno;
using rt::sys::Descriptor;
using rt::sys::Process;
using rt::sys::Program;
using rt::sys::Signal;

/// A pipe's ends, both close-on-exec.
struct Pipe {
    Descriptor reader, writer;
};

Pipe make_pipe() {
    Pipe made;
    rt::sys::call_raw(__NR_pipe2, &made, O_CLOEXEC);
    return made;
}

bool equal(const char *one, const char *other) {
    while (*one != '\0' && *one == *other) {
        ++one;
        ++other;
    }
    return *one == *other;
}

/// The program that the command line names: tests/hosted/process_child.cc, or an app.
const char *child_path() {
    return harness::arguments()[2];
}

constexpr const char *no_environment[] = {nullptr};

/// Runs the child with one or two words and keeps what it prints.
struct Run {
    char text[512] = {};
    rt::Result<rt::sys::Ended> ended = Errno::none;

    explicit Run(const char *word, const char *second = nullptr, Program how = {}) {
        const char *const words[] = {"child", word, second, nullptr};
        const Pipe out = make_pipe();
        how.path = how.path != nullptr ? how.path : child_path();
        how.arguments = how.arguments != nullptr ? how.arguments : words;
        how.environment = how.environment != nullptr ? how.environment : no_environment;
        how.output = out.writer;
        const auto child = rt::sys::spawn(how);
        static_cast<void>(rt::sys::close(out.writer));
        for (size_t kept = 0; child && kept < sizeof text - 1;) {
            const auto got = rt::sys::read(out.reader, text + kept, sizeof text - 1 - kept);
            if (!got || got.value() == 0) {
                break;
            }
            kept += got.value();
        }
        static_cast<void>(rt::sys::close(out.reader));
        ended = child ? rt::sys::wait_for(child.value()) : child.error();
    }

    bool exited_with(int status) const {
        return ended && ended.value().signal() == 0 && ended.value().exit_status() == status;
    }

    /// Whether it exited with 0 and printed just that.
    bool printed(const char *wanted) const {
        const bool same = equal(text, wanted);
        if (!same) {
            rt::log("  printed: {}  wanted:  {}", text, wanted);
        }
        return same && exited_with(0);
    }
};

bool no_child_is_left() {
    const auto next = rt::sys::next_ended();
    return !next && next.error() == Errno::no_child;
}

} // namespace

POSTERN_TEST("run.process.a_child_gets_what_it_is_given", SHOWS(child_gets_what_it_is_given)) {
    const char *const words[] = {"first", "second word", "", nullptr};
    const char *const environment[] = {"A=1", "B=", nullptr};
    EXPECT(Run(nullptr, nullptr,
               {.path = nullptr, .arguments = words, .environment = environment, .folder = "/proc"})
               .printed("/proc\n[first][second word][]{A=1}{B=}\n"));
    EXPECT(no_child_is_left());
}

POSTERN_TEST("run.process.nothing_of_the_runtime_is_inherited",
             SHOWS(child_gets_what_it_is_given)) {
    const auto open = rt::sys::open("/proc/self/maps", rt::sys::Access::read);
    // As from a parent that had it open: not marked to be closed by exec.
    const long passed_on = rt::sys::call_raw(__NR_fcntl, Descriptor::input, F_DUPFD, 100);
    EXPECT_EQUAL(passed_on, 100);
    EXPECT(bool(rt::sys::set_blocked(rt::sys::SignalSet{}.with(Signal::user1))));
    EXPECT(Run("state").printed("blocked 0 pipe default alternate none session own descriptors 0 1 "
                                "2 pkru 55555554\n"));
    EXPECT(bool(rt::sys::set_blocked({})));
    EXPECT(open && rt::sys::close(open.value()));
    rt::sys::call_raw(__NR_close, passed_on);
}

POSTERN_TEST("run.process.descriptors_may_change_places", SHOWS(child_gets_what_it_is_given)) {
    const Pipe in = make_pipe();
    const Pipe error = make_pipe();
    EXPECT(bool(rt::sys::write_all(in.writer, "input", 5)));
    EXPECT(Run("copy", nullptr,
               {.path = nullptr,
                .arguments = nullptr,
                .environment = nullptr,
                .input = in.reader,
                .error = error.writer})
               .printed("input"));
    char said[8] = {};
    EXPECT_EQUAL(rt::sys::read(error.reader, said, sizeof said).value_or(0), 5);
    EXPECT(equal(said, "error"));
    for (const Pipe *pipe = &in; pipe != nullptr; pipe = pipe == &in ? &error : nullptr) {
        static_cast<void>(rt::sys::close(pipe->reader));
        static_cast<void>(rt::sys::close(pipe->writer));
    }
}

POSTERN_TEST("run.process.started_by_one_without_standard_descriptors",
             SHOWS(child_gets_what_it_is_given)) {
    const auto end = harness::in_child([] {
        // 2 is the pipe to the test; the child's input and output come from places that it loses.
        rt::sys::call_raw(__NR_close, 0);
        rt::sys::call_raw(__NR_close, 1);
        const char *const words[] = {"child", "state", nullptr};
        const auto child = rt::sys::spawn({.path = child_path(),
                                           .arguments = words,
                                           .environment = no_environment,
                                           .input = Descriptor::error,
                                           .output = Descriptor::error});
        rt::sys::exit(child ? rt::sys::wait_for(child.value()).value().exit_status() : 99);
    });
    EXPECT_EQUAL(end.exit_status, 0);
    EXPECT(end.says("session own descriptors 0 1 2 pkru"));
}

POSTERN_TEST("run.process.ends_are_told_as_they_were", SHOWS(childs_end_is_told)) {
    EXPECT(Run("exit", "0").exited_with(0));
    EXPECT(Run("exit", "77").exited_with(77));
    EXPECT(Run("exit", "255").exited_with(255));
    const Run killed("signal", "9");
    EXPECT(killed.ended && killed.ended.value().signal() == 9);
    const Run faulted("signal", "11");
    EXPECT(faulted.ended && faulted.ended.value().signal() == 11);
    EXPECT(no_child_is_left());
}

POSTERN_TEST("run.process.what_cannot_start_is_an_errno_and_no_child", SHOWS(childs_end_is_told)) {
    const auto error_of = [](Program how) { return Run("exit", "0", how).ended; };
    const auto is = [](const rt::Result<rt::sys::Ended> &ended, Errno error) {
        return !ended && ended.error() == error && no_child_is_left();
    };
    const Program none{nullptr, nullptr, nullptr};
    Program how = none;
    how.path = "/no/such/program";
    EXPECT(is(error_of(how), Errno::no_such_file));
    how.path = "/proc/self/maps";
    EXPECT(is(error_of(how), Errno::access_denied));
    how = none;
    how.folder = "/no/such/folder";
    EXPECT(is(error_of(how), Errno::no_such_file));
    how = none;
    how.input = static_cast<Descriptor>(999);
    EXPECT(is(error_of(how), Errno::bad_descriptor));
    EXPECT(bool(error_of(none)));
}

POSTERN_TEST("run.process.a_child_of_another_user", SHOWS(child_gets_what_it_is_given)) {
    if (rt::sys::call_raw(__NR_getuid) != 0) {
        harness::skip("only root can give a child another user");
        return;
    }
    const uint32_t group = 7;
    EXPECT_EQUAL(rt::sys::call_raw(__NR_setgroups, 1, &group), 0);
    EXPECT(Run("user", nullptr,
               {.path = nullptr, .arguments = nullptr, .environment = nullptr, .user = 1234})
               .printed("1234 1234 0\n"));
    EXPECT_EQUAL(rt::sys::call_raw(__NR_setgroups, 0), 0);
}

POSTERN_TEST("run.process.an_end_is_an_event", SHOWS(childs_end_is_told)) {
    const auto child_ended = rt::sys::SignalSet{}.with(Signal::child);
    EXPECT(bool(rt::sys::set_blocked(child_ended)));
    const auto events = rt::sys::open_signals(child_ended);
    const char *const words[] = {"child", "sleep", nullptr};
    const auto child =
        rt::sys::spawn({.path = child_path(), .arguments = words, .environment = no_environment});
    if (!EXPECT(child && events)) {
        return;
    }
    EXPECT_EQUAL(rt::sys::wait_readable(&events.value(), 1, 0).value_or(9), 0);
    EXPECT(rt::sys::next_ended().error() == Errno::try_again);
    EXPECT(bool(rt::sys::send(child.value(), Signal::terminate)));
    EXPECT_EQUAL(rt::sys::wait_readable(&events.value(), 1, 60'000).value_or(9), 1);
    rt::sys::take_signals(events.value());
    EXPECT_EQUAL(rt::sys::wait_readable(&events.value(), 1, 0).value_or(9), 0);
    const auto ended = rt::sys::next_ended();
    EXPECT(ended && ended.value().process == child.value() && ended.value().signal() == 15);
    EXPECT(no_child_is_left());
    EXPECT(bool(rt::sys::close(events.value())));
    EXPECT(bool(rt::sys::set_blocked({})));
}

POSTERN_TEST("run.process.an_app_starts_an_app", SHOWS(child_gets_what_it_is_given)) {
    // Its runtime refuses to start unless PKRU is the kernel's default and all 15 keys are free.
    const Run hello(
        nullptr, nullptr,
        {.path = harness::arguments()[3], .arguments = nullptr, .environment = nullptr});
    EXPECT(hello.exited_with(0));
}
