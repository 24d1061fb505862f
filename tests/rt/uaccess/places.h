/// Sources and targets of the copy tests: memory of two domains and of the monitor.
#pragma once

#include "rt/key/pkru.h"
#include "rt/sys/memory.h"
#include "tests/harness/harness.h"

namespace places {

/// Three pages and a half, so that one of them has neighbours, so that copies cross pages, and its
/// neighbours are hers too.
inline constexpr size_t area_bytes = POSTERN_PAGE * 7 / 2;
extern unsigned char alice_area[area_bytes];
extern uint64_t alice_word; // 0x0807060504030201 at start
extern uint64_t bob_word;   // 0x5b0b at start

/// The record of a domain's data or stack.
const linker::RegionRecord &record_of(Domain domain, linker::Kind kind);

/// The second page of alice's area, less accessible while this lives.
class Hole {
public:
    explicit Hole(rt::sys::Protection protection = rt::sys::Protection::none) { set(protection); }
    ~Hole() { set(rt::sys::Protection::read_write); }
    static uint64_t begin() {
        const uint64_t area = reinterpret_cast<uint64_t>(alice_area);
        return (area + POSTERN_PAGE) & ~uint64_t{POSTERN_PAGE - 1};
    }
    static uint64_t end() { return begin() + POSTERN_PAGE; }

private:
    static void set(rt::sys::Protection protection);
};

/// Whether the processor has this view. Without keys it has none, and nothing is asked.
bool has_view(rt::key::Pkru view);

/// Whether no window is open, by the view and by the window word.
bool is_closed();

inline rt::Claimed claim_at(uint64_t address) {
    return rt::Claimed::from_raw(address);
}
template <class T>
rt::Claimed claim(const T &object) {
    return rt::Claimed::of(&object);
}

} // namespace places
