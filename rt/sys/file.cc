/// System calls on files.
#include "rt/sys/file.h"

#include <asm/statfs.h>
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <linux/stat.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Errno;
using base::Result;

Result<Descriptor> open(const char *path, Access access) {
    int mode = O_RDONLY;
    switch (access) {
    case Access::read:
        break;
    case Access::read_without_waiting:
        mode = O_RDONLY | O_NONBLOCK;
        break;
    case Access::write:
        mode = O_WRONLY;
        break;
    case Access::write_without_waiting:
        mode = O_WRONLY | O_NONBLOCK;
        break;
    case Access::read_write:
        mode = O_RDWR;
        break;
    case Access::write_new:
        mode = O_WRONLY | O_CREAT | O_TRUNC;
        break;
    }
    for (;;) { // the other end of a FIFO may be waited for
        const auto opened = result_of<Descriptor>(
            call_raw(__NR_openat, AT_FDCWD, path, mode | O_CLOEXEC | O_NOCTTY, 0644));
        if (!is_to_go_on(opened)) {
            return opened;
        }
    }
}

Result<size_t> read(Descriptor file, void *buffer, size_t bytes) {
    for (;;) {
        const auto done = result_of<size_t>(call_raw(__NR_read, file, buffer, bytes));
        if (!is_to_go_on(done)) {
            return done;
        }
    }
}

Result<size_t> read_at(Descriptor file, void *buffer, size_t bytes, uint64_t offset) {
    for (;;) {
        const auto done = result_of<size_t>(call_raw(__NR_pread64, file, buffer, bytes, offset));
        if (!is_to_go_on(done)) {
            return done;
        }
    }
}

Result<size_t> write(Descriptor file, const void *buffer, size_t bytes) {
    for (;;) {
        const auto done = result_of<size_t>(call_raw(__NR_write, file, buffer, bytes));
        if (!is_to_go_on(done)) {
            return done;
        }
    }
}

Result<Done> write_all(Descriptor file, const void *buffer, size_t bytes) {
    const auto *rest = static_cast<const char *>(buffer);
    while (bytes != 0) {
        const auto done = write(file, rest, bytes);
        if (!done) {
            return done.error();
        }
        if (done.value() == 0) {
            return Errno::input_output;
        }
        rest += done.value();
        bytes -= done.value();
    }
    return Done{};
}

Result<Done> skip(Descriptor file, uint64_t bytes) {
    return result_of<Done>(call_raw(__NR_lseek, file, bytes, SEEK_CUR));
}

Result<Done> close_from_to(int first, int last) {
    if (first > last) {
        return Done{};
    }
    return result_of<Done>(call_raw(__NR_close_range, first, last, 0));
}

bool is_open(Descriptor file) {
    return bool(result_of<int>(call_raw(__NR_fcntl, file, F_GETFD)));
}

bool may_be_of_proc(Descriptor file) {
    struct statfs status {};
    const auto told = result_of<int>(call_raw(__NR_fstatfs, file, &status));
    return !told || status.f_type == PROC_SUPER_MAGIC;
}

Result<Descriptor> open_nowhere() {
    return result_of<Descriptor>(call_raw(__NR_openat, AT_FDCWD, "/", O_PATH, 0));
}

Result<Done> close(Descriptor file) {
    const auto closed = result_of<Done>(call_raw(__NR_close, file));
    // An interrupted close has closed the file, and its number may be another file's. [close(2)]
    return !closed && closed.error() == Errno::interrupted ? Result<Done>(Done{}) : closed;
}

namespace {

/// The file `path`, seen from the folder `folder`.
Result<Status> status_at(int folder, const char *path, int flags) {
    struct statx answer;
    const auto done = result_of<Done>(
        call_raw(__NR_statx, folder, path, flags, STATX_TYPE | STATX_SIZE, &answer));
    if (!done) {
        return done.error();
    }
    return Status{
        .regular = (answer.stx_mode & S_IFMT) == S_IFREG,
        .directory = (answer.stx_mode & S_IFMT) == S_IFDIR,
        .link = (answer.stx_mode & S_IFMT) == S_IFLNK,
        .bytes = static_cast<int64_t>(answer.stx_size),
    };
}

} // namespace

Result<Status> status(Descriptor file) {
    return status_at(static_cast<int>(file), "", AT_EMPTY_PATH);
}

bool may_skip(Descriptor file) {
    const auto here = result_of<int64_t>(call_raw(__NR_lseek, file, 0, SEEK_CUR));
    const auto flags = result_of<int>(call_raw(__NR_fcntl, file, F_GETFL));
    const auto found = status(file);
    return here && flags && found && found.value().regular && (flags.value() & O_APPEND) == 0 &&
           here.value() >= found.value().bytes;
}

Result<Status> status(const char *path) {
    return status_at(AT_FDCWD, path, 0);
}

} // namespace rt::sys
