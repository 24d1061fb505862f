/// Sources and targets of the copy tests: memory of two domains and of the monitor.
#include "tests/rt/uaccess/places.h"

#include "rt/base/slot.h"
#include "rt/domain/alias.h"
#include "rt/key/isolation.h"
#include "rt/key/view.h"

namespace places {

POSTERN_BSS(alice) unsigned char alice_area[area_bytes];
POSTERN_DATA(alice) uint64_t alice_word = 0x0807060504030201;
POSTERN_DATA(bob) uint64_t bob_word = 0x5b0b;

const linker::RegionRecord &record_of(Domain domain, linker::Kind kind) {
    for (const auto &record : rt::domain::Table()) {
        if (record.kind == kind && record.number == rt::key::number_of(domain)) {
            return record;
        }
    }
    rt::panic("no such region");
}

void Hole::set(rt::sys::Protection protection) {
    const auto page = rt::domain::seen(rt::base::Region::from_raw(begin(), end()));
    // Where she has no key, the page has the monitor's.
    constexpr unsigned key =
        rt::key::is_own(Domain::alice) ? POSTERN_KEY_MONITOR : rt::key::number_of(Domain::alice);
    EXPECT(bool(rt::sys::pkey_mprotect(page, protection,
                                       rt::key::has_keys() ? static_cast<int>(key) : -1)));
}

bool has_view(rt::key::Pkru view) {
    return !rt::key::has_keys() || rt::key::read_pkru() == view;
}

bool is_closed() {
    return has_view(rt::key::monitor_view) && rt::base::slot().window == 0;
}

} // namespace places
