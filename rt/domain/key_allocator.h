/// The key allocator: who has which of the sixteen keys, and what memory the app tagged.
#pragma once

#include "rt/base/line.h"
#include "rt/base/region.h"
#include "rt/base/result.h"
#include "rt/key/pkey.h"

// rt/uaccess/pkeys.cc alone changes it, under one mutex. Messages and audits read the records
// without that: while another thread changes them, a message may have the wrong noun, and an audit
// is of no use, because the mappings change, too.
namespace rt::domain {

/// Whether the app has been handed `key`.
bool is_handed_out(key::Pkey key);

/// The lowest key that is free: start-up has taken it, no table names it, and it is not handed out.
/// ENOSPC if none is left, and in a run without keys. The kernel is not asked.
base::Result<key::Pkey> hand_out();

/// Takes back a key that was handed out and tags nothing any more.
void take_back(key::Pkey key);

/// Memory of the app under a key that the app was handed.
struct Tagged {
    base::Region region;
    key::Pkey key = key::shared_key;
};

/// All of it, for range-for; in no order, no two records overlap.
struct TaggedMemory {
    static constexpr size_t capacity = 64;
    const Tagged *begin() const;
    const Tagged *end() const;
};

/// Whether there is sure to be room for one more record.
bool has_room();

/// From now on `region` has `key`; with key 0 it is like any other memory. Requires has_room().
void record(base::Region region, key::Pkey key);

/// The key that the app gave this address, or key 0.
key::Pkey recorded_key_at(uintptr_t address);

/// Prints as "key 0: shared, key 1: monitor, key 2: parser, key 3: free, ..., key 15: frame".
struct KeyHolders {};
void append_to(base::Line &line, const KeyHolders &);

} // namespace rt::domain
