/// Checked copies between the monitor and a domain: the only way to a domain's memory.
#include "rt/uaccess/copy.h"

#include "rt/domain/table.h"
#include "rt/key/view.h"

/// rt/uaccess/window.S.
extern "C" void rt_uaccess_copy(void *to, const void *from, size_t bytes, uint32_t view);

namespace rt::uaccess {

using base::Done;
using base::Errno;
using base::Result;

namespace {

uint32_t window_of(Domain domain) {
    return key::window_view(domain::key_of(domain)).raw();
}

} // namespace

Result<Done> copy_from_domain(Domain domain, void *to, Claimed from, size_t bytes) {
    if (!domain::owns(domain, from.raw(), bytes)) {
        return Errno::bad_address;
    }
    rt_uaccess_copy(to, reinterpret_cast<const void *>(from.raw()), bytes, window_of(domain));
    return Done{};
}

Result<Done> copy_to_domain(Domain domain, Claimed to, const void *from, size_t bytes) {
    if (!domain::owns(domain, to.raw(), bytes)) {
        return Errno::bad_address;
    }
    rt_uaccess_copy(reinterpret_cast<void *>(to.raw()), from, bytes, window_of(domain));
    return Done{};
}

} // namespace rt::uaccess
