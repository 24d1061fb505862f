/// Lines on standard error.
#pragma once

#include "rt/base/line.h"
#include "rt/sys/timer.h"

namespace rt::sys {

// A line is one write, or it is lost and counted. No line waits for a reader without end, whether
// standard error is a pipe, a socket or a terminal. To a file on a disk, a write takes as long as
// the disk does. The flags of the open file stay as they are, because other programs have it, too.
// A terminal under `stty tostop` stops a program in the background that logs, as it does any other.
//
// In a signal handler (rt/trap/on_signal.h) no line waits at all, because signals are blocked there
// and the timer of bound_log cannot interrupt the write. The line is written to an open file of the
// log's own that does not wait, which the kernel gives through /proc. A socket and a file on a disk
// need none.

/// A line of the app's. It waits for up to a second until there is room, and not at all if there
/// has been none since the last line. The next line for which there is room reports how many were
/// lost: "postern: lines dropped: 3".
void log(const base::Line &line);

/// The same, formatted: each {} stands for the next argument.
template <class... Arguments>
void log(const char *format, const Arguments &...arguments) {
    base::Line line;
    line.format(format, arguments...);
    log(line);
}

/// The outcome of a line.
struct Written {
    size_t bytes = 0; // with the newlines that belong to it
    bool is_whole = false;
};

/// A line on behalf of a domain, which never waits for room.
Written try_log(const base::Line &line);

/// Reports how many lines of the app's are lost, if any are and there is room.
void log_losses();

/// The same for the domains' lines. Defined in rt/entry, which counts them.
void log_losses_of_domains();

/// From now on no write waits for longer than 10 ms, even if there seemed to be room: `timer`
/// interrupts it. Once at start, when the timer's signal has a handler.
void bound_log(Timer timer);

} // namespace rt::sys
