/// Taking all protection keys at start.
#include "rt/key/take.h"

#include "rt/base/panic.h"
#include "rt/key/view.h"
#include "rt/sys/memory.h"

namespace rt::key {

namespace {

void take(Pkey expected, Rights rights) {
    const auto taken = sys::pkey_alloc(static_cast<uint32_t>(rights));
    if (!taken) {
        base::panic("the kernel refuses protection key {} ({}): "
                    "another mapping may hold it",
                    expected.raw(), taken.error());
    }
    if (static_cast<unsigned>(taken.value()) != expected.raw()) {
        base::panic("the kernel gave protection key {} instead of {}: something took a key before "
                    "the first instruction (an execute-only mapping does)",
                    taken.value(), expected.raw());
    }
}

} // namespace

void take_all() {
    if (read_pkru() != initial_view) {
        base::panic("PKRU is {} at start, not {}: the kernel's init_pkru was changed",
                    base::Hex{read_pkru().raw()}, base::Hex{initial_view.raw()});
    }
    take(monitor_key, Rights::full);
    for (unsigned number = POSTERN_KEY_FIRST_DOMAIN; number <= POSTERN_KEY_LAST_DOMAIN; ++number) {
        take(Pkey::from_raw(number), Rights::none);
    }
    take(frame_key, Rights::none);
}

} // namespace rt::key
