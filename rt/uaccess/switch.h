/// Opening and closing a window, inline: for the accesses that have one of their own.
#pragma once

#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/key/view.h"

extern "C" {
/// rt/uaccess/window.S.
void rt_uaccess_open(uint32_t view);
void rt_uaccess_close();
}

namespace rt::uaccess::detail {

/// Ends the program: a second window is the monitor's bug. rt/uaccess/window.cc
[[noreturn]] void refuse_window();

inline void open_window(Domain domain) {
    if (base::window_view() != 0) [[unlikely]] {
        refuse_window();
    }
    if (key::is_own(domain)) {
        // No key tells whose window it is: the upper half of its word does (rt/trap/fix_up.cc).
        base::slot().window = uint64_t{key::number_of(domain)} << 32;
        rt_uaccess_open(key::monitor_view.raw());
        return;
    }
    rt_uaccess_open(key::window_view(domain::key_of(domain)).raw());
}

inline void close_window() {
    rt_uaccess_close();
}

} // namespace rt::uaccess::detail
