/// Checked copies between the monitor and a domain.
#include "rt/uaccess/copy.h"

#include "rt/domain/table.h"
#include "rt/uaccess/window.h"

extern "C" {
/// rt/uaccess/copy.S.
size_t rt_uaccess_copy(void *to, const void *from, size_t bytes);
size_t rt_uaccess_string(char *to, const char *from, size_t limit);
}

namespace rt::uaccess {

using base::Errno;
using base::Result;

namespace {

size_t copy_in_window(Domain domain, void *to, const void *from, size_t bytes) {
    user_access_begin(domain);
    const size_t left = rt_uaccess_copy(to, from, bytes);
    user_access_end();
    return bytes - left;
}

} // namespace

Copied copy_from_domain(Domain domain, void *to, Claimed &&from, size_t bytes) {
    const auto at = from.take();
    size_t copied = 0;
    const bool owned = domain::owns(domain, at.raw(), bytes);
    if (owned) {
        copied = copy_in_window(domain, to, reinterpret_cast<const void *>(at.raw()), bytes);
    }
    if (copied != bytes) {
        __builtin_memset(static_cast<char *>(to) + copied, 0, bytes - copied);
    }
    return owned ? Copied(copied, bytes) : Copied::refused();
}

Copied copy_to_domain(Domain domain, Claimed to, const void *from, size_t bytes) {
    if (!domain::owns(domain, to.raw(), bytes)) {
        return Copied::refused();
    }
    return Copied(copy_in_window(domain, reinterpret_cast<void *>(to.raw()), from, bytes), bytes);
}

Result<size_t> string_from_domain(Domain domain, char *to, size_t capacity, Claimed &&from) {
    const auto at = from.take();
    const size_t room = domain::room_at(domain, at.raw());
    const size_t limit = room < capacity ? room : capacity;
    size_t length = 0;
    if (limit != 0) {
        user_access_begin(domain);
        length = rt_uaccess_string(to, reinterpret_cast<const char *>(at.raw()), limit);
        user_access_end();
    }
    if (length < limit) {
        return length;
    }
    __builtin_memset(to, 0, capacity);
    return length == capacity && room > capacity ? Errno::name_too_long : Errno::bad_address;
}

} // namespace rt::uaccess
