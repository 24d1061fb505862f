/// Data domains that are lent to a domain in a child.
#pragma once

#include "rt/space/turn.h"

namespace rt::space {

/// Makes the rights of the child of `domain` to data domains those of `view`. A call whose view is the
/// child's already asks nothing of it. True if the child has done so; otherwise `told` says how the
/// turn ended.
bool take_view(Child &child, Domain domain, uint32_t view, Told &told);

} // namespace rt::space
