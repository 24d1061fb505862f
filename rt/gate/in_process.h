/// The back ends' common part, for a domain in the monitor's own address space.
#pragma once

#include "rt/gate/unwind.h"
#include "rt/uaccess/copy.h"

namespace rt::gate {

/// How `domain` is left after a fault, and how its memory is reached: in a window. Where there are
/// no keys, the window is the same, and start has replaced its wrpkru by NOPs (rt/patch).
template <Domain domain>
struct InProcess {
    using Frame = GateFrame;

    static uaccess::Copied copy_from(void *to, uaccess::Claimed &&from, size_t bytes) {
        return uaccess::copy_from_domain(domain, to, from.take(), bytes);
    }
    static uaccess::Copied copy_to(uaccess::Claimed to, const void *from, size_t bytes) {
        return uaccess::copy_to_domain(domain, to, from, bytes);
    }
};

} // namespace rt::gate
