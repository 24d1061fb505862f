/// /proc/self/smaps, read by the monitor: what the kernel says of each mapping.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace smaps {

struct Mapping {
    uint64_t begin;
    uint64_t end;
    char permissions[5]; // "rw-p", null-terminated
    bool anonymous;      // no file behind it: device and inode are zero
    uint64_t key;        // ProtectionKey
    char name[64];       // "[stack]", a path, or nothing; null-terminated, cut

    bool is_named(const char *wanted) const;
    bool allows(const char *wanted) const; // permissions are exactly these
};

/// All mappings, in the order of their addresses.
class Mappings {
public:
    static constexpr size_t capacity = 256;
    const Mapping *begin() const { return mappings_; }
    const Mapping *end() const { return mappings_ + count_; }
    size_t count() const { return count_; }

    Mapping mappings_[capacity];
    size_t count_;
};

/// Reads them now, into memory that the next call overwrites. Panics where there is no smaps.
const Mappings &read();

/// The key of the mapping that holds `address`, read now; -1 where nothing is mapped.
int key_at(uint64_t address);

} // namespace smaps
