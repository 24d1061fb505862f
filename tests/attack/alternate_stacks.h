/// Where the kernel puts a domain's signal frames.
#pragma once

#include "rt/domain/tag.h"

namespace attack {

/// The two alternate stacks, which the runtime uses in turn; the second follows the first in
/// memory.
inline rt::base::Region alternate_stacks() {
    using rt::domain::alternate_stack;
    using rt::domain::AlternateStack;
    return rt::base::Region::from_raw(alternate_stack(0, AlternateStack::first).begin(),
                                      alternate_stack(0, AlternateStack::second).end());
}

} // namespace attack
