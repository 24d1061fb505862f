/// System calls on files.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/base/result.h"

namespace rt::sys {

// A call that waits here, to open, read or write, goes on after a signal. Only when the domain on
// whose behalf it waits has no time left (rt/trap/deadline.h), it ends with Errno::interrupted.

/// An open file, as the kernel numbers it.
enum class Descriptor : int { input = 0, output = 1, error = 2 };

enum class Access : uint8_t {
    read,
    read_without_waiting,
    write,
    write_without_waiting,
    read_write,
    write_new,
};

/// Opens `path` (null-terminated, in monitor memory), close-on-exec; a terminal does not become the
/// controlling one. `read_without_waiting` and `write_without_waiting` wait neither now nor later,
/// for example for a FIFO's other end: EAGAIN then, or ENXIO from an open to write. `write` and
/// `read_write` open an existing file; `write_new` creates or empties it, mode 0644. [open(2)]
base::Result<Descriptor> open(const char *path, Access access);

/// Up to `bytes` bytes into monitor memory; 0 at the end of the file.
base::Result<size_t> read(Descriptor file, void *buffer, size_t bytes);

/// The same from place `offset` of the file, whose own place stays as it is. [pread(2)]
base::Result<size_t> read_at(Descriptor file, void *buffer, size_t bytes, uint64_t offset);

/// Up to `bytes` bytes from monitor memory; may write fewer.
base::Result<size_t> write(Descriptor file, const void *buffer, size_t bytes);

/// All of `bytes`, in as many writes as it takes; what was written before an error stays written.
base::Result<base::Done> write_all(Descriptor file, const void *buffer, size_t bytes);

/// Moves the file's place forward by `bytes`, and writes nothing there. [lseek(2)]
base::Result<base::Done> skip(Descriptor file, uint64_t bytes);

/// Whether bytes that `skip` leaves out become zeros in the file, once something is written after
/// them: in a regular file that ends at its place, and does not append. [lseek(2), fcntl(2)]
bool may_skip(Descriptor file);

base::Result<base::Done> close(Descriptor file);

/// Closes all descriptors from `first` to `last`; no error if there is none. [close_range(2)]
base::Result<base::Done> close_from_to(int first, int last);

/// Whether the number is in use.
bool is_open(Descriptor file);

/// Whether it may be in a procfs, where files are processes' memory; true if the kernel does not
/// say. [fstatfs(2)]
bool may_be_of_proc(Descriptor file);

/// A placeholder for a number at which nothing is open: a folder that can be neither read nor
/// written, which is EBADF as before. Programs executed later get it too. [open(2) O_PATH]
base::Result<Descriptor> open_nowhere();

/// The file that `path` leads to, as far as a reader of regular files must know.
struct Status {
    bool regular;
    bool directory;
    bool link; // the link itself, if it was opened with O_PATH and O_NOFOLLOW
    int64_t bytes;
};
base::Result<Status> status(Descriptor file);
/// The same of what `path` (null-terminated, in monitor memory) leads to, without opening it.
base::Result<Status> status(const char *path);

} // namespace rt::sys
