/// Lines on standard error.
#include "rt/sys/log.h"

#include <asm/poll.h>
#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/file.h"

namespace rt::sys {

using base::Line;

namespace {

/// How often a line asks for room. A signal may come between.
struct Patience {
    unsigned times;
    int milliseconds; // that each question waits
};
constexpr Patience domains{3, 0};
constexpr Patience administrators{100, 10};

constexpr unsigned most_writes = 3;            // of a line that signals interrupt
constexpr uint64_t longest_write = 10'000'000; // nanoseconds

constinit auto timer = static_cast<Timer>(-1); // none yet
constinit bool had_room = true;                // false since the administrator waited in vain
constinit bool is_torn = false;                // the last line was not written to its end
constinit uint64_t lost = 0;                   // lines of the administrator's

/// Closed, or without a reader, is room: the write says what is wrong.
bool has_room(Patience patience) {
    unsigned times = 0;
    do {
        pollfd error{static_cast<int>(Descriptor::error), POLLOUT, 0};
        if (call_raw(__NR_poll, &error, 1, patience.milliseconds) > 0) {
            return true;
        }
    } while (++times != patience.times && !base::is_overdue());
    return false;
}

/// Others may take the room meanwhile, and less may be left than the line takes.
bool write_once(const Line &line) {
    static_cast<void>(repeat_timer(timer, longest_write));
    unsigned writes = 0;
    base::Result<size_t> done = base::Errno::interrupted;
    do {
        done =
            result_of<size_t>(call_raw(__NR_write, Descriptor::error, line.text(), line.bytes()));
    } while (++writes != most_writes && is_to_go_on(done));
    static_cast<void>(repeat_timer(timer, 0));
    if (done && is_torn != (done.value() != line.bytes())) {
        is_torn = !is_torn;
    }
    return done && !is_torn;
}

bool try_log(const Line &line, Patience patience) {
    Line whole;
    if (is_torn) {
        whole.append('\n');
    }
    const size_t room = Line::capacity - 1 - whole.bytes();
    whole.append(line.text(), line.bytes() < room ? line.bytes() : room).append('\n');
    const bool is_free = has_room(had_room ? patience : domains);
    // A domain's line, which does not wait, says nothing of what waiting would have brought. Nothing
    // is written that stays as it is: last words also come where this page is closed.
    if (is_free != had_room && (is_free || patience.milliseconds != 0)) {
        had_room = is_free;
    }
    return is_free && write_once(whole);
}

} // namespace

void log(const Line &line) {
    log_losses_of_domains();
    log_losses();
    if (lost != 0 || !try_log(line, administrators)) {
        ++lost;
    }
}

bool try_log(const Line &line) {
    return try_log(line, domains);
}

void log_losses() {
    Line line;
    if (lost != 0 && try_log(line.format("postern: lines dropped: {}", lost), domains)) {
        lost = 0;
    }
}

void bound_log(Timer with) {
    timer = with;
}

} // namespace rt::sys
