/// Lines on standard error.
#include "rt/sys/log.h"

#include <asm/poll.h>
#include <asm/unistd.h>

#include "linker/symbols.h"
#include "rt/sys/call.h"
#include "rt/sys/file.h"

namespace rt::sys {

using base::Line;
using base::Result;

namespace {

/// How often a line asks for room. A signal may come between.
struct Patience {
    unsigned times;
    int milliseconds; // that each question waits
};
constexpr Patience domains{3, 0};
constexpr Patience apps{100, 10};

constexpr long msg_dont_wait = 0x40, msg_no_signal = 0x4000; // [linux socket.h v6.12]
constexpr unsigned most_writes = 3;                          // of a line that signals interrupt
constexpr uint64_t longest_write = 10'000'000;               // nanoseconds

POSTERN_SETTLED auto timer = static_cast<Timer>(-1); // none yet
constinit bool had_room = true;                // false since the app waited in vain
constinit bool is_torn = false;                // the last line was not written to its end
constinit uint64_t lost = 0;                   // lines of the app's; handlers count, too

/// Standard error that is closed or has no reader counts as room: the write says what is wrong.
bool has_room(Patience patience) {
    unsigned times = 0;
    do {
        pollfd error{static_cast<int>(Descriptor::error), POLLOUT, 0};
        if (call_raw(__NR_poll, &error, 1, patience.milliseconds) > 0) {
            return true;
        }
    } while (++times != patience.times && !base::has_deadline_passed());
    return false;
}

/// Other writers may take the room meanwhile, and less may be left than the line takes.
Result<size_t> write_once(const Line &line) {
    static_cast<void>(repeat_timer(timer, longest_write));
    unsigned writes = 0;
    Result<size_t> done = base::Errno::interrupted;
    do {
        done =
            result_of<size_t>(call_raw(__NR_write, Descriptor::error, line.text(), line.bytes()));
    } while (++writes != most_writes && is_to_go_on(done));
    static_cast<void>(repeat_timer(timer, 0));
    return done;
}

/// For signal handlers. No signal interrupts their writes, and the timer may be at work for the
/// code that they interrupted, so the write itself must not wait. A socket can be asked for that in
/// the call. A pipe and a terminal need an open file that does not wait; the log opens one of its
/// own. If the kernel gives none (no /proc, an event counter), the line is lost. A file on a disk
/// keeps its position, and does not wait for a reader. [linux n_tty.c n_tty_write, tty_io.c
/// tty_write_lock v6.12]
Result<size_t> write_without_waiting(const Line &line) {
    const auto sent = result_of<size_t>(call_raw(__NR_sendto, Descriptor::error, line.text(),
                                                 line.bytes(), msg_dont_wait | msg_no_signal));
    if (sent) {
        return sent;
    }
    const auto there = status(Descriptor::error);
    if (there && there.value().regular) {
        return write(Descriptor::error, line.text(), line.bytes());
    }
    const auto own = open("/proc/self/fd/2", Access::write_without_waiting);
    if (!own) {
        return own.error();
    }
    const auto done = write(own.value(), line.text(), line.bytes());
    static_cast<void>(close(own.value()));
    return done;
}

Written try_log(const Line &line, Patience patience) {
    Line whole;
    if (is_torn) {
        whole.append('\n');
    }
    const size_t room = Line::capacity - 1 - whole.bytes();
    whole.append(line.text(), line.bytes() < room ? line.bytes() : room).append('\n');
    const bool is_handling = base::is_handling();
    const bool waits = patience.milliseconds != 0 && !is_handling;
    const bool is_free = has_room(had_room && waits ? patience : domains);
    // A line that does not wait cannot tell whether waiting would have found room. A value that
    // does not change is not written, because the last line of a program may come when this page is
    // closed.
    if (is_free != had_room && (is_free || waits)) {
        had_room = is_free;
    }
    if (!is_free) {
        return {};
    }
    const auto done = is_handling ? write_without_waiting(whole) : write_once(whole);
    if (done && is_torn != (done.value() != whole.bytes())) {
        is_torn = !is_torn;
    }
    return {.bytes = done.value_or(0), .is_whole = done && !is_torn};
}

} // namespace

void log(const Line &line) {
    if (!base::is_handling()) { // these may be at work for the code that was interrupted
        log_losses_of_domains();
        log_losses();
    }
    if (lost != 0 || !try_log(line, apps).is_whole) {
        ++lost;
    }
}

Written try_log(const Line &line) {
    return try_log(line, domains);
}

void log_losses() {
    Line line;
    const uint64_t told = lost;
    if (told != 0 && try_log(line.format("postern: lines dropped: {}", told), domains).is_whole) {
        lost -= told; // a handler may have counted meanwhile
    }
}

void bound_log(Timer with) {
    timer = with;
}

} // namespace rt::sys
