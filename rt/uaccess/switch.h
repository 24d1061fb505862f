/// Opening and closing a window, inline: for the accesses that have one of their own.
#pragma once

#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/key/view.h"

extern "C" {
/// rt/uaccess/window.S.
void rt_uaccess_open(uint32_t view);
void rt_uaccess_close();
}

namespace rt::uaccess::detail {

/// Ends the program: a second window is the monitor's bug. rt/uaccess/window.cc
[[noreturn]] void refuse_window();

/// Where an open window has the domain's number in its word, if its view is the monitor's: the
/// monitor sees the memory of a domain with an address space of its own under its own key.
inline constexpr unsigned window_domain_shift = 32;

inline void open_window(Domain domain) {
    if (base::window_view() != 0) [[unlikely]] {
        refuse_window();
    }
    uint32_t view = key::monitor_view.raw();
    if (key::is_apart(domain)) {
        base::slot().window = uint64_t{key::number_of(domain)} << window_domain_shift;
    } else {
        view = key::window_view(domain::key_of(domain)).raw();
    }
    rt_uaccess_open(view);
}

/// The domain whose window this word of the slot is; no_domain if it is none's.
constexpr Domain domain_of_window(uint64_t word) {
    const auto view = key::Pkru::from_raw(static_cast<uint32_t>(word));
    const auto number = static_cast<unsigned>(word >> window_domain_shift);
    return view == key::monitor_view ? key::domain_with(number)
                                     : key::domain_of(key::owner_of_window(view));
}

inline void close_window() {
    rt_uaccess_close();
    uint32_t domain; // the gate has cleared the other half
    asm volatile("movl %%gs:%c1, %0"
                 : "=r"(domain)
                 : "i"(offsetof(base::Slot, window) + window_domain_shift / 8));
    if (domain != 0) {
        base::slot().window = 0;
    }
}

} // namespace rt::uaccess::detail
