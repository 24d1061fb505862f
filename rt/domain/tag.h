/// Giving every region its key.
#pragma once

#include "crt/handoff.h"
#include "rt/base/region.h"
#include "rt/key/pkey.h"
#include "rt/sys/memory.h"

namespace rt::domain {

/// Tags every region with its key and opens it as far as its kind allows: monitor memory, arguments
/// and pristine copies (read-only), domains' data, stacks and heaps. Domain memory is tagged before
/// its first touch, because it is dearer to tag a page that has been touched. Thread pages keep key
/// 0 where they are public. Without keys (key::Isolation) it opens them as far, and tags nothing.
/// Domains' regions stay closed if the monitor sees them elsewhere (alias.h).
void tag_all(const crt::Handoff &handoff);

/// Gives the alternate stacks of all threads `key`.
void tag_alternate_stacks(key::Pkey key);

/// The outcome of the two above, for the audit: the alternate stacks' key, and the used pages of
/// the arguments.
key::Pkey alternate_stack_key();
base::Region used_arguments();

/// The pages of the words that start alone writes (POSTERN_SETTLED), and the end of start for them:
/// from then on a store there faults.
base::Region settled();
sys::Protection settled_protection();
void close_settled();

/// The alternate stacks of a thread. We alternate between `first` and `second` (rt/trap/arm.h).
/// `handlers` is for faults of its signal handlers: the code that they interrupted may be a fault's
/// handler, whose frame is on one of the other two.
enum class AlternateStack : uint8_t { handlers, first, second };

/// An alternate stack of thread slot `index`.
base::Region alternate_stack(unsigned index, AlternateStack which);

} // namespace rt::domain
