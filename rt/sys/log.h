/// Lines on standard error.
#pragma once

#include "rt/base/line.h"
#include "rt/sys/timer.h"

namespace rt::sys {

// A line is one write, or it is lost and counted. Nobody waits for a reader without end, whatever
// standard error is: a pipe, a socket, a terminal; of a file on a disk, a write takes what the disk
// takes. Its flags stay as they are: others have it, too. A terminal under `stty tostop` stops a
// program in the background that logs, as it does any other.

/// A line of the administrator's. It waits for up to a second until there is room, and not at all
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

/// A line on behalf of a domain, which never waits for room. Whether it was written as a whole.
bool try_log(const base::Line &line);

/// Tells how many lines of the administrator's are lost, where there are any, and room.
void log_losses();

/// The same of the domains' lines. Defined in rt/gate, which counts them.
void log_losses_of_domains();

/// From now on no write waits for longer than 10 ms, though there seemed to be room: `timer`
/// interrupts it. Once at start, when the timer's signal has a handler.
void bound_log(Timer timer);

} // namespace rt::sys
