/// Checked copies between the monitor and a domain.
#include "rt/uaccess/copy.h"

#include "rt/domain/alias.h"
#include "rt/domain/table.h"
#include "rt/uaccess/switch.h"

extern "C" {
/// rt/uaccess/copy.S.
size_t rt_uaccess_copy(void *to, const void *from, size_t bytes);
size_t rt_uaccess_clear(void *to, size_t bytes);
size_t rt_uaccess_string(char *to, const char *from, size_t limit);
}

namespace rt::uaccess {

using base::Errno;
using base::Result;

namespace {

/// How many bytes were not copied.
size_t left_in_window(Domain domain, void *to, const void *from, size_t bytes) {
    detail::open_window(domain);
    const size_t left = rt_uaccess_copy(to, from, bytes);
    detail::close_window();
    return left;
}

} // namespace

Copied copy_from_domain(Domain domain, void *to, Claimed &&from, size_t bytes) {
    const auto at = from.take();
    if (!domain::owns(domain, at.raw(), bytes)) [[unlikely]] {
        __builtin_memset(to, 0, bytes);
        return Copied::refused();
    }
    const size_t left = left_in_window(
        domain, to, reinterpret_cast<const void *>(domain::seen(domain, at.raw())), bytes);
    if (left != 0) [[unlikely]] {
        __builtin_memset(static_cast<char *>(to) + (bytes - left), 0, left);
    }
    return Copied(bytes - left, bytes);
}

Copied copy_to_domain(Domain domain, Claimed to, const void *from, size_t bytes) {
    if (!domain::owns(domain, to.raw(), bytes)) [[unlikely]] {
        return Copied::refused();
    }
    const size_t left = left_in_window(
        domain, reinterpret_cast<void *>(domain::seen(domain, to.raw())), from, bytes);
    return Copied(bytes - left, bytes);
}

Copied clear_in_domain(Domain domain, Claimed to, size_t bytes) {
    if (!domain::owns(domain, to.raw(), bytes)) [[unlikely]] {
        return Copied::refused();
    }
    detail::open_window(domain);
    const size_t left =
        rt_uaccess_clear(reinterpret_cast<void *>(domain::seen(domain, to.raw())), bytes);
    detail::close_window();
    return Copied(bytes - left, bytes);
}

Result<size_t> string_from_domain(Domain domain, char *to, size_t capacity, Claimed &&from) {
    const auto at = from.take();
    const size_t room = domain::room_at(domain, at.raw());
    const size_t limit = room < capacity ? room : capacity;
    size_t length = 0;
    if (limit != 0) {
        detail::open_window(domain);
        const auto *begin = reinterpret_cast<const char *>(domain::seen(domain, at.raw()));
        length = rt_uaccess_string(to, begin, limit);
        detail::close_window();
    }
    if (length < limit) {
        return length;
    }
    __builtin_memset(to, 0, capacity);
    return length == capacity && room > capacity ? Errno::name_too_long : Errno::bad_address;
}

} // namespace rt::uaccess
