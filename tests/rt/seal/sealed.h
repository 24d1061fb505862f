/// The sealed map of a test image: what is skipped where nothing seals, and children that try.
#pragma once

#include "tests/harness/harness.h"
#include "tests/rt/domain/smaps.h"

#include "rt/base/region.h"

namespace sealed {

/// Skips the case where this kernel has no mseal; whether it did.
bool skip_without_mseal();

/// The mappings of the image's `prepare`: two pages, sealed on the app's wish, and two that stay
/// open.
rt::base::Region prepared_sealed();
rt::base::Region prepared_open();

/// The answers of `seal` in `prepare`: for the first region, for it again, for a range with a gap,
/// for no bytes, and, where nothing seals, how many regions more it could list and the error that
/// followed.
struct Answers {
    rt::Errno first, again, gap, empty;
    size_t listed;
    rt::Errno full;
};
const Answers &answers();

/// Whether a mapping belongs to the image, or is where the monitor sees a domain's memory.
bool is_ours(const smaps::Mapping &mapping);

/// The kernel's answer to one operation on a whole mapping.
using Operation = long (*)(const smaps::Mapping &mapping);

/// Tries the operation on every mapping of the image, in a child, because one that succeeds takes
/// the ground away; fails the case unless each was answered with `wanted`, an errno as a negative
/// number. `chosen`, where there is one, says which mappings are tried; at least one must be.
void expect_everywhere(Operation operation, long wanted,
                       bool (*chosen)(const smaps::Mapping &mapping) = nullptr);

} // namespace sealed
