/// The code that the kernel maps into every program.
#pragma once

#include "crt/handoff.h"
#include "rt/base/region.h"

namespace rt::sys {

/// The region of the kernel's vdso; empty if there is none. To be called at start, when nothing
/// else is mapped after it. Its data (vvar) is right before it. [vdso(7), linux vdso/vma.c v6.12]
base::Region find_vdso(const crt::Handoff &handoff);

} // namespace rt::sys
