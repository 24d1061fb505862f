/// The log in a signal handler, where no signal interrupts a line that waits.
#include <asm/ioctls.h>
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/sys/process.h"
#include "rt/sys/timer.h"
#include "tests/harness/standard_error.h"

namespace {

using harness::Pipe;
using harness::StandardError;
using rt::Signal;
using rt::sys::call_raw;
using rt::sys::Descriptor;

constexpr uint64_t patience = 10'000'000'000; // nanoseconds

/// Both ends of a terminal; a terminal program would read `screen`.
struct Terminal {
    Descriptor screen = static_cast<Descriptor>(-1);
    Descriptor line = static_cast<Descriptor>(-1);

    Terminal() {
        const auto opened = rt::sys::open("/dev/ptmx", rt::sys::Access::read_write);
        if (opened) {
            screen = opened.value();
            int locked = 0;
            call_raw(__NR_ioctl, screen, TIOCSPTLCK, &locked);
            line = static_cast<Descriptor>(
                call_raw(__NR_ioctl, screen, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
        }
    }
    ~Terminal() {
        static_cast<void>(rt::sys::close(line));
        static_cast<void>(rt::sys::close(screen));
    }
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    bool is_there() const { return static_cast<int>(line) >= 0; }
};

void log_once(Signal) {
    rt::log("the handler");
}

size_t bytes_of_lines = 500;

/// More than a terminal or an event counter takes.
void log_much(Signal) {
    rt::Line line;
    while (line.bytes() != bytes_of_lines - 1) {
        line.append('x');
    }
    for (unsigned times = 0; times != 100; ++times) {
        rt::log(line);
    }
}

void handle_with(void (*handler)(Signal)) {
    EXPECT(bool(rt::on_signal(Signal::user1, handler)));
    EXPECT(bool(rt::sys::raise(Signal::user1)));
    EXPECT(bool(rt::on_signal(Signal::user1, nullptr)));
}

/// The text that the handler's line leads to, where `from` reads what standard error got.
bool is_read(Descriptor there, Descriptor from) {
    {
        const StandardError redirected(there);
        handle_with(log_once);
    }
    char text[64] = {};
    const size_t bytes = rt::sys::read(from, text, sizeof text - 1).value_or(0);
    constexpr char wanted[] = "the handler";
    return bytes >= sizeof wanted - 1 && __builtin_memcmp(text, wanted, sizeof wanted - 1) == 0;
}

/// In a child, which is killed should it wait: for no other signal comes.
void log_much_there(Descriptor there) {
    const auto timer = rt::sys::create_timer(Signal::kill);
    EXPECT(timer && rt::sys::set_timer(timer.value(), rt::sys::monotonic_nanoseconds() + patience));
    const StandardError redirected(there);
    handle_with(log_much);
}

} // namespace

POSTERN_TEST("run.log.a_handlers_line", SHOWS(log_waits_for_no_reader)) {
    const Pipe pipe;
    EXPECT(is_read(pipe.writer(), pipe.reader()));
    Descriptor sockets[2];
    constexpr long af_unix = 1, stream = 1; // [linux socket.h, net.h v6.12]
    EXPECT_EQUAL(call_raw(__NR_socketpair, af_unix, stream, 0, sockets), 0);
    EXPECT(is_read(sockets[0], sockets[1]));
    EXPECT(rt::sys::close(sockets[0]) && rt::sys::close(sockets[1]));
}

// A line of a handler's has its place among others.
POSTERN_TEST("run.log.a_handlers_line_in_a_file", SHOWS(log_waits_for_no_reader)) {
    static const char name[] = "log";
    const auto file = static_cast<Descriptor>(call_raw(__NR_memfd_create, name, 0));
    {
        const StandardError redirected(file);
        rt::log("before");
        handle_with(log_once);
        rt::log("after");
    }
    char text[64] = {};
    EXPECT(bool(rt::sys::read_at(file, text, sizeof text - 1, 0)));
    constexpr char wanted[] = "before\nthe handler\nafter\n";
    EXPECT(__builtin_memcmp(text, wanted, sizeof wanted) == 0);
    EXPECT(bool(rt::sys::close(file)));
}

POSTERN_TEST("run.log.a_handlers_line_on_a_terminal", SHOWS(log_waits_for_no_reader)) {
    const Terminal terminal;
    if (!terminal.is_there()) {
        return harness::skip("no pseudoterminals here (/dev/ptmx, /dev/pts)");
    }
    EXPECT(is_read(terminal.line, terminal.screen));
}

// Goal: make a signal handler wait without end for the reader of a terminal, where no signal ends
// its wait.
POSTERN_TEST("attack.log.terminal_in_a_handler", SHOWS(log_waits_for_no_reader), TRIES(attack_96)) {
    if (!Terminal().is_there()) {
        return harness::skip("no pseudoterminals here (/dev/ptmx, /dev/pts)");
    }
    const auto end = harness::in_child([] {
        const Terminal terminal;
        log_much_there(terminal.line);
    });
    EXPECT_EQUAL(end.exit_status, 0);
}

// Goal: the same of an object that has room, says poll, and has no open file that does not wait.
POSTERN_TEST("attack.log.room_that_others_take_in_a_handler", SHOWS(log_waits_for_no_reader),
             TRIES(attack_96)) {
    const auto end = harness::in_child([] {
        const auto counter = static_cast<Descriptor>(call_raw(__NR_eventfd2, 0, O_CLOEXEC));
        const uint64_t near_the_end = ~uint64_t{0} - 3;
        EXPECT_EQUAL(rt::sys::write(counter, &near_the_end, sizeof near_the_end).value_or(0), 8);
        bytes_of_lines = sizeof near_the_end; // no other line is a number
        log_much_there(counter);
        rt::log("told");
    });
    EXPECT_EQUAL(end.exit_status, 0);
    EXPECT(end.says("postern: lines dropped: 100\ntold\n"));
}
