/// The oracle of the fuzz tests: the contents and rights of alice's memory, kept apart from the
/// runtime's own tables.
#pragma once

#include "tests/harness/harness.h"
#include "tests/harness/random.h"

namespace model {

enum class Access : uint8_t { read, write };

/// Two regions: her data and her stack.
struct Range {
    uint64_t begin;
    uint64_t end;
};
Range data();
Range stack();

/// Fills her memory, bob's and the monitor's canaries, and remembers hers; every page accessible.
void begin(uint64_t seed);

/// Whether all of the range is in one of the two regions; computed with 128 bits, so nothing wraps.
bool owns(uint64_t address, uint64_t bytes);

/// Bytes up to the end of the region; 0 outside.
uint64_t room(uint64_t address);

/// How many of `bytes` owned bytes an access in ascending order reaches before a page refuses it.
uint64_t reach(uint64_t address, uint64_t bytes, Access access);

/// Her byte at an owned address. A store that succeeds must be made here, too.
unsigned char *shadow(uint64_t address);

/// Makes some of her pages inaccessible and some read-only, all others accessible.
void redraw(harness::Random &random);

/// The edge of one of her pages.
uint64_t page_edge(harness::Random &random);

/// Makes all pages accessible and compares: her memory with the shadow, bob's and the monitor's
/// with what they held. Says what has changed.
bool intact();

} // namespace model
