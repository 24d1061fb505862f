/// The uaccess window: in it, and nowhere else, the monitor reaches a domain's memory.
#include "rt/uaccess/window.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/key/view.h"

extern "C" {
/// rt/uaccess/window.S.
void rt_uaccess_open(uint32_t view);
void rt_uaccess_close();
}

namespace rt::uaccess {

void user_access_begin(Domain domain) {
    if (base::slot().window != 0) {
        base::panic("the monitor itself: a uaccess window opened inside another one (view {}): "
                    "windows do not nest",
                    base::Hex{base::slot().window});
    }
    rt_uaccess_open(key::window_view(domain::key_of(domain)).raw());
}

void user_access_end() {
    rt_uaccess_close();
}

} // namespace rt::uaccess
