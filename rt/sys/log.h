/// Lines on standard error.
#pragma once

#include "rt/base/line.h"
#include "rt/sys/timer.h"

namespace rt::sys {

// A line is one write, or it is lost and counted. Nobody waits for a reader without end, whatever
// standard error is: a pipe, a socket, a terminal; of a file on a disk, a write takes what the disk
// takes. Its flags stay as they are: others have it, too. A terminal under `stty tostop` stops a
// program in the background that logs, as it does any other.
//
// In a signal handler (rt/trap/on_signal.h) no line waits at all. The timer of bound_log cannot
// interrupt it, since signals are blocked there. It is written to an open file of the log's own
// that does not wait, which the kernel gives through /proc; a socket and a file on a disk need
// none.

/// A line of the app's. It waits for up to a second until there is room, and not at all
/// while there has been none since the last one. How many are lost is told by the next one for
/// which there is room: "postern: lines dropped: 3".
void log(const base::Line &line);

/// The same, formatted: each {} stands for the next argument.
template <class... Arguments>
void log(const char *format, const Arguments &...arguments) {
    base::Line line;
    line.format(format, arguments...);
    log(line);
}

/// What became of a line.
struct Written {
    size_t bytes = 0; // with the newlines that belong to it
    bool is_whole = false;
};

/// A line on behalf of a domain, which never waits for room.
Written try_log(const base::Line &line);

/// Tells how many lines of the app's are lost, where there are any, and room.
void log_losses();

/// The same of the domains' lines. Defined in rt/gate, which counts them.
void log_losses_of_domains();

/// From now on no write waits for longer than 10 ms, though there seemed to be room: `timer`
/// interrupts it. Once at start, when the timer's signal has a handler.
void bound_log(Timer timer);

} // namespace rt::sys
