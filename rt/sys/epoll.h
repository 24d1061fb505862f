/// Readiness: waiting for the first events of many open files.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/file.h"
#include "rt/sys/limit.h"

namespace rt::sys {

/// A set of open files that are waited for, as the kernel numbers it. It is closed as a file is.
enum class Epoll : int {};

/// A new set, without files, close-on-exec. [epoll_create1(2)]
base::Result<Epoll> open_epoll();
base::Result<base::Done> close(Epoll epoll);

/// What is waited for on one file. An end and an error are always told.
enum class Interest : uint8_t { nothing, reading, writing, both };

/// What has become of one file.
struct Readiness {
    uint64_t tag;  // that the file was added with
    bool readable; // a receive, a read or an accept does not wait
    bool writable; // a send or a write does not
    bool ended;    // the other end sends no more, or is closed: what it has sent can still be read
    bool failed;   // take_error says why
};

/// Waits for `file`, too, with `tag` to know it by. EEXIST if it is in the set, EPERM for a regular
/// file or a folder, which are always ready. [epoll_ctl(2)]
base::Result<base::Done> add(Epoll epoll, Descriptor file, Interest interest, uint64_t tag);
/// Waits for something else on it. ENOENT if it is not in the set.
base::Result<base::Done> change(Epoll epoll, Descriptor file, Interest interest, uint64_t tag);
/// Waits for it no more. Closing the last descriptor of a file does the same. ENOENT as above.
base::Result<base::Done> remove(Epoll epoll, Descriptor file);

/// Waits at most `milliseconds`, or `no_limit`, until a file of the set is ready; how many of
/// `found` were filled, which are `room` at most, and 64 at a time; 0 if the time is over. After a
/// signal it waits on, for what is left of the time: a loop that is to see signals adds
/// open_signals (rt/sys/poll.h) to the set. Errno::interrupted when the domain on whose behalf it
/// waits has no time left (rt/trap/deadline.h). EINVAL without room. [epoll_wait(2)]
base::Result<size_t> wait(Epoll epoll, Readiness *found, size_t room, uint32_t milliseconds);

} // namespace rt::sys
