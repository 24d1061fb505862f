/// The code that the kernel maps into every program.
#pragma once

#include "crt/handoff.h"
#include "rt/base/region.h"

namespace rt::sys {

/// Where the kernel's vdso lies, empty where there is none; at start, when nothing else is mapped
/// behind it. Its data (vvar) lies right before it. [vdso(7), linux vdso/vma.c v6.12]
base::Region find_vdso(const crt::Handoff &handoff);

} // namespace rt::sys
