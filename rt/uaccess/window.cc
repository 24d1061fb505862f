/// The uaccess window: in it, and nowhere else, the monitor reaches a domain's memory.
#include "rt/uaccess/window.h"

#include "rt/base/panic.h"
#include "rt/uaccess/switch.h"

namespace rt::uaccess {

void detail::refuse_window() {
    base::panic("the monitor itself: a uaccess window opened inside another one (view {}): "
                "windows do not nest",
                base::Hex{base::window_view()});
}

void user_access_begin(Domain domain) {
    detail::open_window(domain);
}

void user_access_end() {
    detail::close_window();
}

} // namespace rt::uaccess
