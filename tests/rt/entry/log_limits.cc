/// The log where a domain logs too much, and where standard error takes nothing.
#include <asm/unistd.h>
#include <linux/resource.h>
#include <linux/signal.h>

#include "rt/sys/process.h"
#include "tests/harness/standard_error.h"
#include "tests/rt/entry/chatter.h"

namespace {

using harness::Pipe;
using harness::StandardError;
using rt::sys::Descriptor;

constexpr uint64_t second = 1'000'000'000;
constexpr uint64_t bobs_budget = 1000; // LOG_BYTES_PER_SECOND
constexpr size_t longest_line = 100;   // of bob's, and of what is told of his

constexpr const char *bobs_losses = "postern: lines of bob dropped: ";

uint64_t log_lines(uint64_t lines, uint64_t bytes) {
    for (uint64_t line = 0; line != lines; ++line) {
        rt::log_service(rt::Claimed::of(chatter::text), bytes);
    }
    return lines;
}
constexpr rt::Entry<Domain::alice, log_lines> alice_logs;

/// Some of her budget, which is the usual one.
void log_by_alice(uint64_t lines, uint64_t bytes = 8) {
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_logs, lines, bytes).value_or(0), lines);
}

/// Has told what other cases have lost.
void tell_losses() {
    const Pipe pipe;
    const StandardError redirected(pipe.writer());
    rt::log("");
}

/// The text in a pipe or a file.
class Text {
public:
    explicit Text(const Pipe &pipe)
        : bytes_(rt::sys::read(pipe.reader(), text_, sizeof text_ - 1).value_or(0)) {}
    explicit Text(Descriptor file)
        : bytes_(rt::sys::read_at(file, text_, sizeof text_ - 1, 0).value_or(0)) {}

    size_t bytes() const { return bytes_; }

    bool is(const char *wanted) const {
        const char *at = text_;
        while (*at != '\0' && *at == *wanted) {
            ++at;
            ++wanted;
        }
        return *at == *wanted;
    }

    /// The number of lines that begin with `words`, or, where a number follows the words, the sum
    /// of the numbers.
    uint64_t count(const char *words, bool summed) const {
        uint64_t found = 0;
        for (const char *line = text_; *line != '\0';) {
            const char *rest = words;
            while (*rest != '\0' && *line == *rest) {
                ++line;
                ++rest;
            }
            found += *rest != '\0' ? 0 : summed ? harness::number_in(line) : 1;
            while (*line != '\0' && *line++ != '\n') {
            }
        }
        return found;
    }

private:
    char text_[POSTERN_PAGE] = {};
    size_t bytes_;
};

void set_longest_file(uint64_t bytes) {
    const rlimit64 limit{bytes, RLIM64_INFINITY};
    EXPECT_EQUAL(rt::sys::call_raw(__NR_prlimit64, 0, RLIMIT_FSIZE, &limit, 0), 0);
}

Pipe *full_pipe = nullptr; // for a child

} // namespace

// Goal: fill the disk to which standard error goes.
POSTERN_TEST("attack.log.flood", SHOWS(log_has_a_budget), TRIES(attack_97)) {
    constexpr uint64_t asked = 100; // several times the budget
    const Pipe pipe;
    const StandardError redirected(pipe.writer());
    const uint64_t begin = rt::sys::monotonic_nanoseconds();
    EXPECT(bool(rt::call<Domain::bob>(bob_chats, asked)));
    const uint64_t seconds = (rt::sys::monotonic_nanoseconds() - begin) / second + 1;
    const Text flood(pipe);
    const uint64_t printed = flood.count("bob: ", false);
    EXPECT(printed != 0);
    EXPECT(flood.bytes() < seconds * bobs_budget + longest_line);

    // Once there is budget again, what was lost is told.
    rt::sys::sleep(second + second / 10);
    EXPECT(bool(rt::call<Domain::bob>(bob_chats, 1ul)));
    const Text rest(pipe);
    EXPECT_EQUAL(rest.count("bob: ", false), 1);
    EXPECT(rest.count(bobs_losses, false) == 1);
    EXPECT_EQUAL(printed + flood.count(bobs_losses, true) + rest.count(bobs_losses, true), asked);
}

// Goal: the same by lines that standard error takes in part.
POSTERN_TEST("attack.log.flood_of_torn_lines", SHOWS(log_has_a_budget), TRIES(attack_97)) {
    constexpr uint64_t asked = 200;
    constexpr size_t part = 20; // of each line, and of what is told of it
    static const char name[] = "log";
    const auto file = static_cast<Descriptor>(rt::sys::call_raw(__NR_memfd_create, name, 0));
    const StandardError redirected(file);
    const auto size = [file] { return static_cast<uint64_t>(rt::sys::status(file).value().bytes); };
    const uint64_t begin = rt::sys::monotonic_nanoseconds();
    for (uint64_t line = 0; line != asked; ++line) {
        set_longest_file(size() + part);
        EXPECT(bool(rt::call<Domain::bob>(bob_chats, 1ul)));
    }
    set_longest_file(RLIM64_INFINITY);
    const uint64_t seconds = (rt::sys::monotonic_nanoseconds() - begin) / second + 1;
    EXPECT(size() != 0);
    EXPECT(size() < (seconds + 1) * bobs_budget + 2 * longest_line); // some was left before
    EXPECT(bool(rt::sys::close(file)));
    rt::sys::sleep(second + second / 10);
    tell_losses();
}

POSTERN_TEST("run.log.budget_of_nothing", SHOWS(log_has_a_budget)) {
    const Pipe pipe;
    const StandardError redirected(pipe.writer());
    EXPECT(bool(rt::call<Domain::carol>(carol_speaks)));
    rt::log("the app");
    EXPECT(Text(pipe).is("the app\n"));
}

// Goal: wait without end for the reader of standard error.
POSTERN_TEST("attack.log.pipe_that_nobody_reads", SHOWS(log_waits_for_no_reader),
             TRIES(attack_96)) {
    tell_losses();
    Pipe pipe;
    pipe.fill();
    const StandardError redirected(pipe.writer());
    log_by_alice(7);
    pipe.drain();
    log_by_alice(1);
    EXPECT(Text(pipe).is("postern: lines of alice dropped: 7\nalice: 01234567\n"));
}

// Goal: the same of an object that has room, says poll, which another writer takes meanwhile. Here
// it is a counter near its end: a line of eight bytes is a number, too large a one.
POSTERN_TEST("attack.log.room_that_others_take", SHOWS(log_waits_for_no_reader), TRIES(attack_96)) {
    tell_losses();
    const auto counter = static_cast<Descriptor>(rt::sys::call_raw(__NR_eventfd2, 0, O_CLOEXEC));
    const uint64_t near_the_end = ~uint64_t{0} - 3;
    EXPECT_EQUAL(rt::sys::write(counter, &near_the_end, sizeof near_the_end).value_or(0), 8);
    {
        const StandardError redirected(counter);
        static_assert(sizeof "alice: \n" - 1 == sizeof near_the_end);
        log_by_alice(1, 0);
        rt::log("himself");
    }
    EXPECT(bool(rt::sys::close(counter)));
}

// Goal: leave no room for the app, who waits.
POSTERN_TEST("attack.log.no_room_for_the_app", SHOWS(log_waits_for_no_reader), TRIES(attack_96)) {
    tell_losses();
    Pipe pipe;
    pipe.fill();
    const StandardError redirected(pipe.writer());
    rt::log("the first");
    rt::log("the second");
    log_by_alice(2);
    pipe.drain();
    rt::log("the third");
    EXPECT(Text(pipe).is("postern: lines of alice dropped: 2\n"
                         "postern: lines dropped: 2\nthe third\n"));
}

// Goal: have the app's line dropped before it has waited for room.
POSTERN_TEST("attack.log.the_apps_wait", SHOWS(log_waits_for_no_reader), TRIES(attack_96)) {
    tell_losses();
    Pipe pipe;
    pipe.fill();
    const StandardError redirected(pipe.writer());
    log_by_alice(1);
    const long child = rt::sys::call_raw(__NR_clone, SIGCHLD);
    if (child == 0) { // the reader, late
        static char bytes[POSTERN_PAGE];
        rt::sys::sleep(second / 100);
        rt::sys::exit(rt::sys::read(pipe.reader(), bytes, sizeof bytes) ? 0 : 1);
    }
    rt::log("the first, which waits");
    EXPECT_EQUAL(rt::sys::call_raw(__NR_wait4, child, 0, 0, 0), child);
    pipe.drain();
    rt::log("the second");
    EXPECT(Text(pipe).is("postern: lines of alice dropped: 1\nthe second\n"));
}

// Goal: keep the program from its end.
POSTERN_TEST("attack.log.no_room_for_the_last_words", SHOWS(log_waits_for_no_reader),
             TRIES(attack_96)) {
    Pipe pipe;
    pipe.fill();
    full_pipe = &pipe;
    const auto end = harness::in_child([] {
        const StandardError redirected(full_pipe->writer());
        rt::panic("nobody reads this");
    });
    EXPECT_EQUAL(end.exit_status, 70);
}

// Goal: end the process by SIGPIPE.
POSTERN_TEST("attack.log.reader_that_went_away", SHOWS(log_waits_for_no_reader), TRIES(attack_98)) {
    Pipe pipe;
    pipe.close_reader();
    const StandardError redirected(pipe.writer());
    log_by_alice(2);
    rt::log("the app");
}

// A write that ends before its line does, as on a terminal or where a file may not grow further.
POSTERN_TEST("run.log.a_torn_line_is_ended", SHOWS(log_has_a_budget)) {
    tell_losses();
    static const char name[] = "log";
    const auto file = static_cast<Descriptor>(rt::sys::call_raw(__NR_memfd_create, name, 0));
    const StandardError redirected(file);
    set_longest_file(12);
    rt::log("this line is torn");
    set_longest_file(RLIM64_INFINITY);
    log_by_alice(1);
    rt::log("the next");
    EXPECT(Text(file).is("this line is\nalice: 01234567\npostern: lines dropped: 1\nthe next\n"));
    EXPECT(bool(rt::sys::close(file)));
}
