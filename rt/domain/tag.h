/// Giving every region its key.
#pragma once

#include "crt/handoff.h"
#include "rt/base/region.h"
#include "rt/key/pkey.h"

namespace rt::domain {

/// Tags every region with its key and opens it as far as its kind allows: monitor memory, arguments
/// and pristine copies (read-only), domains' data and stacks. Domain memory is tagged before its
/// first touch: touched pages are dearer to tag. Thread pages keep key 0 where they are
/// public. Without keys (key::Isolation) it opens them as far, and tags nothing.
void tag_all(const crt::Handoff &handoff);

/// Gives the alternate stacks of all threads `key`.
void tag_alternate_stacks(key::Pkey key);

/// What the above gave to whom, for those who compare: the alternate stacks' key, and the used
/// pages of the arguments.
key::Pkey alternate_stack_key();
base::Region used_arguments();

/// The alternate stacks of a thread. `first` and `second` take turns (rt/trap/arm.h); `handlers` is
/// for faults of its signal handlers: what they have interrupted may be a fault's handler, which
/// has its frame on one of the others.
enum class AlternateStack : uint8_t { handlers, first, second };

/// An alternate stack of thread slot `index`.
base::Region alternate_stack(unsigned index, AlternateStack which);

} // namespace rt::domain
