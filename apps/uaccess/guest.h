/// The interface of the guest, which passes pointers of every kind.
#pragma once

#include "rt/rt.h"

namespace guest {

enum class Kind : uint8_t {
    own_word,
    own_string,
    own_bytes_across_a_page,
    own_stack,
    own_page_never_touched,
    others_data,
    monitors_data,
    monitors_stack,
    thread_pages,
    text,
    constants,
    null,
    odd_low,
    partly_before,
    partly_behind,
    just_behind,
    wraps,
    non_canonical,
    kernels,
    page_that_is_gone,
    up_to_the_page_that_is_gone,
};

/// A pointer of that kind.
rt::Claimed pointer(Kind kind);

} // namespace guest

constexpr rt::Entry<Domain::guest, guest::pointer> pointer;

// The memory to which the pointers lead.
extern uint64_t guests_word;
extern char guests_pages[2 * POSTERN_PAGE]; // the second page is made inaccessible
extern uint64_t others_word;
extern uint64_t trusted_word;
