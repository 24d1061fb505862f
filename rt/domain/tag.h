/// Giving every region its key.
#pragma once

#include "crt/handoff.h"
#include "linker/symbols.h"
#include "rt/base/region.h"
#include "rt/key/pkey.h"
#include "rt/sys/memory.h"

namespace rt::domain {

/// Tags every region with its key and opens it as far as its kind allows: monitor memory, arguments
/// and pristine copies (read-only), domains' data, stacks and heaps. Domain memory is tagged before
/// its first touch, because it is dearer to tag a page that has been touched. Thread pages keep key
/// 0 where they are public. Without keys (key::Isolation) it opens them as far, and tags nothing.
/// Memory that domains' processes share stays closed, and is tagged when it is mapped.
void tag_all(const crt::Handoff &handoff);

/// Tags the region `record`, whose shared memory has just been mapped to be read and written
/// (alias.h). A domain with an address space of its own has no key: the monitor's is where the
/// monitor sees the memory.
void tag_shared(const linker::RegionRecord &record);

/// Gives the monitor's key to memory of the runtime's that is outside of the image, that other
/// processes share, and that is mapped to be read and written. Without keys it only notes it, for
/// the audit. At most `most_outside` times.
void tag_outside(base::Region region, const char *what);
inline constexpr size_t most_outside = 3;

/// Gives the alternate stacks of all threads `key`.
void tag_alternate_stacks(key::Pkey key);

/// The outcome of the four above, for the audit: the alternate stacks' key, the used pages of
/// the arguments, and the memory outside of the image.
key::Pkey alternate_stack_key();
base::Region used_arguments();
class Outside {
public:
    const base::Region *begin() const;
    const base::Region *end() const;
};

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
