/// The code that the kernel maps into every program.
#include "rt/sys/vdso.h"

#include <linux/auxvec.h>

#include "rt/sys/memory.h"

namespace rt::sys {

base::Region find_vdso(const crt::Handoff &handoff) {
    const uintptr_t begin = handoff.auxiliary_value(AT_SYSINFO_EHDR, 0);
    uintptr_t end = begin;
    while (begin != 0 && any_mapped(base::Region::from_raw(end, end + POSTERN_PAGE))) {
        end += POSTERN_PAGE;
    }
    return base::Region::from_raw(begin, end);
}

} // namespace rt::sys
