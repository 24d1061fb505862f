/// Protection keys for the app's own memory: the functions of pkeys(7), typed.
#include "rt/uaccess/pkeys.h"

#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/domain/alias.h"
#include "rt/domain/key_allocator.h"
#include "rt/domain/tag.h"
#include "rt/key/isolation.h"
#include "rt/key/view.h"
#include "rt/sync/mutex.h"
#include "rt/sys/smaps.h"

/// rt/uaccess/window.S.
extern "C" void rt_uaccess_open(uint32_t view);
extern "C" void rt_uaccess_close();

namespace rt::uaccess {

using base::Done;
using base::Errno;
using base::Region;
using base::Result;
using key::Pkey;
using key::Rights;

namespace {

/// Under it alone keys are handed out and taken back, and memory gets another key together with its
/// record.
constinit sync::Mutex keys("that of protection keys (rt::pkey_alloc, rt::pkey_free, "
                           "rt::pkey_mprotect, rt::munmap)");

bool overlap(Region left, Region right) {
    return left.begin() < right.end() && right.begin() < left.end();
}

/// Whether `region` has no part of the image or of its regions, wherever the monitor sees them.
bool is_apps(Region region) {
    const auto image = Region::from_raw(reinterpret_cast<uintptr_t>(__text_start),
                                        reinterpret_cast<uintptr_t>(__regions_end));
    const auto seen = Region::from_raw(image.begin() + POSTERN_ALIAS, image.end() + POSTERN_ALIAS);
    return !overlap(region, image) && !(domain::is_any_apart() && overlap(region, seen));
}

/// The first page with `key`, or null.
Result<uintptr_t> page_with(Pkey key) {
    sys::Smaps smaps;
    for (;;) {
        const auto mapping = smaps.next();
        if (!mapping) {
            return mapping.error();
        }
        if (mapping.value() == nullptr) {
            return uintptr_t{0};
        }
        if (mapping.value()->key == key.raw()) {
            return mapping.value()->begin;
        }
    }
}

/// Whether these rights would change the view of an open window, which must open one domain's key
/// only.
bool is_in_the_way(Rights rights) {
    return base::window_view() != 0 && rights != Rights::none;
}

void set(Pkey key, Rights rights) {
    if (pkey_get(key) == rights) {
        return;
    }
    const key::Pkru view = key::read_pkru().with(key, rights);
    if (view == key::monitor_view) {
        rt_uaccess_close();
        return;
    }
    rt_uaccess_open(view.raw());
    base::slot().window = 0; // no window: one may be opened on top, and no access is fixed up
}

} // namespace

Result<Pkey> pkey_alloc(uint32_t flags, uint32_t rights) {
    const sync::Lock lock(keys);
    if (flags != 0 || rights > 3) {
        return Errno::invalid;
    }
    const bool none = (rights & static_cast<uint32_t>(Rights::none)) != 0;
    const Rights wanted = none ? Rights::none : static_cast<Rights>(rights);
    if (is_in_the_way(wanted)) {
        return Errno::busy;
    }
    const auto key = domain::hand_out();
    if (key) {
        set(key.value(), wanted);
    }
    return key;
}

Result<Done, NotFreed> pkey_free(Pkey key) {
    const sync::Lock lock(keys);
    if (!domain::is_handed_out(key)) {
        return NotFreed{key, Errno::invalid, 0};
    }
    const auto page = page_with(key);
    if (!page) {
        return NotFreed{key, page.error(), 0};
    }
    if (page.value() != 0) {
        return NotFreed{key, Errno::busy, page.value()};
    }
    set(key, Rights::none);
    domain::take_back(key);
    return Done{};
}

void append_to(base::Line &line, const NotFreed &reason) {
    line.format("key {} is not taken back: ", reason.key.raw());
    if (reason.error == Errno::busy) {
        line.format("it is still on the page at {}; unmap that, or give it key 0 with "
                    "rt::pkey_mprotect",
                    base::Hex{reason.address});
    } else if (reason.error == Errno::invalid) {
        line.append("rt::pkey_alloc did not hand it out");
    } else {
        line.format("/proc/self/smaps, which shows whether it is in use, cannot be read: {}",
                    reason.error);
    }
}

Result<Done> pkey_mprotect(Region region, sys::Protection protection, Pkey key) {
    const sync::Lock lock(keys);
    if (key != key::shared_key && !domain::is_handed_out(key)) {
        return Errno::invalid;
    }
    if (!is_apps(region) || protection == sys::Protection::read_execute) {
        return Errno::not_permitted;
    }
    if (!domain::has_room() || !sys::all_mapped(region)) {
        return Errno::no_memory;
    }
    const auto done = key::has_keys()
                          ? sys::pkey_mprotect(region, protection, static_cast<int>(key.raw()))
                          : sys::protect(region, protection);
    if (done) {
        domain::record(region, key);
    }
    return done;
}

Result<Done> munmap(Region region) {
    const sync::Lock lock(keys);
    if (!is_apps(region)) {
        return Errno::not_permitted;
    }
    if (!domain::has_room()) {
        return Errno::no_memory;
    }
    const auto done = sys::munmap(region);
    if (done) {
        domain::record(region, key::shared_key);
    }
    return done;
}

Result<Done> pkey_set(Pkey key, Rights rights) {
    if (!domain::is_handed_out(key)) {
        return Errno::invalid;
    }
    if (is_in_the_way(rights)) {
        return Errno::busy;
    }
    set(key, rights);
    return Done{};
}

Rights pkey_get(Pkey key) {
    if (!key::has_keys()) {
        return Rights::full;
    }
    return key::read_pkru().rights(key);
}

} // namespace rt::uaccess
