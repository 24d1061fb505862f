/// The kernel's own account of this process's memory, mapping by mapping.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/file.h"

namespace rt::sys {

/// What /proc/self/smaps says of one mapping. [proc_pid_smaps(5)]
struct Mapping {
    uintptr_t begin;
    uintptr_t end;
    char permissions[5]; // "rw-p", null-terminated
    bool anonymous;      // not of a file: device and inode are zero
    bool sealed;         // by mseal, as far as the kernel shows it (6.12 and 7.3 do)
    unsigned key;        // 0 to 15; 0 where the kernel shows none
    char name[64];       // "[stack]", a path, or nothing; null-terminated, cut

    bool is_named(const char *wanted) const;
    bool allows(const char *wanted) const; // permissions are exactly these
};

/// Reads all mappings, in the order of their addresses, one by one: nothing is allocated, and a
/// line may have any length.
class Smaps {
public:
    /// Of this process. If /proc does not serve it, `next` says why.
    Smaps() : file_(open("/proc/self/smaps", Access::read)) {}
    /// Of any text of that form; the file is closed at the end.
    explicit Smaps(Descriptor file) : file_(file) {}
    ~Smaps();
    Smaps(const Smaps &) = delete;
    Smaps &operator=(const Smaps &) = delete;

    /// The next mapping, which lives until the next call, or null after the last one. EIO if the
    /// text is not that of smaps.
    base::Result<const Mapping *> next();

private:
    base::Result<bool> read_line();

    base::Result<Descriptor> file_;
    Mapping current_{};
    Mapping ahead_{}; // its head was what ended the one before
    bool has_ahead_ = false;
    size_t used_ = 0;
    size_t filled_ = 0;
    char line_[192]; // the beginning of a line, null-terminated
    char chunk_[1024];
};

} // namespace rt::sys
