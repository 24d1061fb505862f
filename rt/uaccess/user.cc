/// Single values of a domain's memory: fetched or stored once, by one instruction.
#include "rt/uaccess/user.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/uaccess/switch.h"

extern "C" {
/// rt/uaccess/access.S. They take the domain's own address.
RtLoaded rt_uaccess_load_1(uintptr_t from);
RtLoaded rt_uaccess_load_2(uintptr_t from);
RtLoaded rt_uaccess_load_4(uintptr_t from);
RtLoaded rt_uaccess_load_8(uintptr_t from);
uint64_t rt_uaccess_store_1(uintptr_t to, uint64_t value);
uint64_t rt_uaccess_store_2(uintptr_t to, uint64_t value);
uint64_t rt_uaccess_store_4(uintptr_t to, uint64_t value);
uint64_t rt_uaccess_store_8(uintptr_t to, uint64_t value);
}

namespace rt::uaccess::detail {

namespace {

RtLoaded load_unchecked(uintptr_t from, size_t bytes) {
    switch (bytes) {
    case 1:
        return rt_uaccess_load_1(from);
    case 2:
        return rt_uaccess_load_2(from);
    case 4:
        return rt_uaccess_load_4(from);
    default:
        return rt_uaccess_load_8(from);
    }
}

bool store_unchecked_fails(uintptr_t to, uint64_t value, size_t bytes) {
    switch (bytes) {
    case 1:
        return rt_uaccess_store_1(to, value) != 0;
    case 2:
        return rt_uaccess_store_2(to, value) != 0;
    case 4:
        return rt_uaccess_store_4(to, value) != 0;
    default:
        return rt_uaccess_store_8(to, value) != 0;
    }
}

/// False in a window that a fault or a call has closed: it stays closed.
bool may_access(Domain domain, Claimed at, size_t bytes) {
    return base::is_open(base::window_view()) && domain::owns(domain, at.raw(), bytes);
}

/// True: the access has failed.
[[gnu::noinline]] bool refuse() {
    if (base::window_view() == base::window_after_call) {
        base::panic(
            "the monitor itself: an access in a uaccess window in which a domain was called: "
            "a call ends the window; call before it, or open another one");
    }
    return true;
}

} // namespace

RtLoaded load(Domain domain, Claimed from, size_t bytes) {
    return may_access(domain, from, bytes) ? load_unchecked(from.raw(), bytes)
                                           : RtLoaded{0, refuse()};
}

bool store_fails(Domain domain, Claimed to, uint64_t value, size_t bytes) {
    return may_access(domain, to, bytes) ? store_unchecked_fails(to.raw(), value, bytes) : refuse();
}

RtLoaded get(Domain domain, Claimed from, size_t bytes) {
    if (!domain::owns(domain, from.raw(), bytes)) {
        return {0, 1};
    }
    open_window(domain);
    const RtLoaded loaded = load_unchecked(from.raw(), bytes);
    close_window();
    return loaded;
}

bool put_fails(Domain domain, Claimed to, uint64_t value, size_t bytes) {
    if (!domain::owns(domain, to.raw(), bytes)) {
        return true;
    }
    open_window(domain);
    const bool failed = store_unchecked_fails(to.raw(), value, bytes);
    close_window();
    return failed;
}

} // namespace rt::uaccess::detail
