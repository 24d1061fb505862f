/// What the copy tests copy from and to: memory of two domains and of the monitor.
#pragma once

#include "tests/harness/harness.h"

namespace places {

/// Two pages and a half, so that copies cross pages, and its neighbours are hers too.
inline constexpr size_t area_bytes = POSTERN_PAGE * 5 / 2;
extern unsigned char alice_area[area_bytes];
extern uint64_t alice_word; // 0x0807060504030201 at start
extern uint64_t bob_word;   // 0x5b0b at start

/// The record of a domain's data or stack.
const linker::RegionRecord &record_of(Domain domain, linker::Kind kind);

template <class T>
rt::Claimed claim(const T &object) {
    return rt::Claimed::of(&object);
}

} // namespace places
