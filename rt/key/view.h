/// The views of this runtime: which code may do what on which key.
#pragma once

#include "rt/base/pkru_values.h"
#include "rt/key/domain.h"
#include "rt/key/pkru.h"

namespace rt::key {

/// The monitor: shared and monitor memory open, every domain closed, the frame key open as in every
/// view (kernels differ in the view under which they write signal frames: rt/KERNELS.md).
inline constexpr Pkru monitor_view = Pkru()
                                         .with(shared_key, Rights::full)
                                         .with(monitor_key, Rights::full)
                                         .with(frame_key, Rights::full);
static_assert(monitor_view.raw() == RT_PKRU_MONITOR);

inline constexpr Pkru initial_view = Pkru().with(shared_key, Rights::full);
static_assert(initial_view.raw() == RT_PKRU_INITIAL);

/// A domain: key 0 write-disabled (WD0), its own key open, every other domain and the monitor
/// closed. The app may add rights on data domains (rt::gate::base_view). Other rights on key 0
/// exist for one comparison alone (apps/wd0_matrix) and void every guarantee.
constexpr Pkru domain_view(Pkey own, Rights shared = Rights::read_only) {
    return Pkru().with(shared_key, shared).with(own, Rights::full).with(frame_key, Rights::full);
}
static_assert(domain_view(Pkey::from_raw(2)).raw() == 0x15555546);
static_assert(domain_view(Pkey::from_raw(14)).raw() == 0x05555556);

/// The view of a domain with an address space of its own on every machine (SPACE own): a word in the
/// form of a PKRU, whose bits say which data domains it has. It is never loaded. It does not tell its
/// owner, whose number is in the gate frame (rt/gate/current.cc).
inline constexpr Pkru own_view = Pkru::from_raw(RT_VIEW_OWN);
constexpr bool is_virtual(Pkru view) {
    return (view.raw() & 3) == 3;
}
static_assert(is_virtual(own_view) && !is_virtual(monitor_view) && !is_virtual(initial_view));
static_assert(!is_virtual(domain_view(Pkey::from_raw(2))) && !is_virtual(Pkru()));

/// The view of the domain with this number, before the app adds rights on data domains.
constexpr Pkru view_of_number(unsigned number, Rights shared = Rights::read_only) {
    return is_own_number(number) ? own_view : domain_view(Pkey::from_raw(number), shared);
}

/// The monitor with one domain's memory open: inside a uaccess window.
constexpr Pkru window_view(Pkey domain) {
    return monitor_view.with(domain, Rights::full);
}

/// The domain whose window has this view, or the monitor's key if the view is not a window's.
constexpr Pkey owner_of_window(Pkru view) {
    for (unsigned number = POSTERN_KEY_FIRST_DOMAIN; number <= POSTERN_KEY_LAST_DOMAIN; ++number) {
        if (view == window_view(Pkey::from_raw(number))) {
            return Pkey::from_raw(number);
        }
    }
    return monitor_key;
}
static_assert(owner_of_window(window_view(Pkey::from_raw(3))) == Pkey::from_raw(3));
static_assert(owner_of_window(monitor_view) == monitor_key);

/// The key of the domain whose view this is, or the monitor's if it is not a domain's: the lowest
/// domain key that is open. A domain's view may have data domains open, too, always or lent, and
/// those have keys above all domains'. A virtual view has no owner among the keys.
constexpr Pkey owner_of(Pkru view) {
    for (unsigned number = POSTERN_KEY_FIRST_DOMAIN; number <= POSTERN_KEY_LAST_DOMAIN; ++number) {
        const Pkey key = Pkey::from_raw(number);
        if (view.rights(key) != Rights::none) {
            return key;
        }
    }
    return monitor_key;
}
static_assert(owner_of(domain_view(Pkey::from_raw(5))) == Pkey::from_raw(5));
static_assert(owner_of(domain_view(Pkey::from_raw(5), Rights::full)) == Pkey::from_raw(5));
static_assert(owner_of(domain_view(Pkey::from_raw(5)).with(Pkey::from_raw(6), Rights::full)) ==
              Pkey::from_raw(5));
static_assert(
    owner_of(domain_view(Pkey::from_raw(2)).with(Pkey::from_raw(14), Rights::read_only)) ==
    Pkey::from_raw(2));
static_assert(owner_of(monitor_view) == monitor_key && owner_of(initial_view) == monitor_key);

/// The domain whose call has this view; `number` is in the call's gate frame, where the view is
/// virtual.
constexpr Domain domain_of_call(Pkru view, unsigned number) {
    return is_virtual(view) ? domain_with(number) : domain_of(owner_of(view));
}

} // namespace rt::key
