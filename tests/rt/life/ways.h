/// The ways in which a restart clears heaps, one after another.
#pragma once

#include "rt/life/heap.h"
#include "tests/harness/harness.h"

namespace ways {

inline bool seals() {
    return rt::guarantees().map == rt::seal::Provider::mseal;
}

inline bool scans() {
    return harness::version_in(rt::sys::kernel_release().text) >= harness::version_in("6.7");
}

inline bool has_spaces() {
    return rt::key::isolation() == rt::key::Isolation::spaces;
}

inline bool gives_back() {
    return seals() || has_spaces();
}

/// Whether this kernel can answer for this run's memory.
inline bool has_search(rt::life::HeapSearch search) {
    switch (search) {
    case rt::life::HeapSearch::scan:
        return !has_spaces() && scans();
    case rt::life::HeapSearch::entries:
        return !has_spaces();
    case rt::life::HeapSearch::file:
        return has_spaces();
    case rt::life::HeapSearch::stores:
        return true;
    }
    return false;
}

/// Each way that this kernel has, and then the chosen one again. The others must be refused.
template <class Act>
void by_each_way(Act act) {
    using rt::life::HeapSearch;
    const rt::life::HeapClearing chosen = rt::life::heap_clearing();
    constexpr HeapSearch searches[] = {HeapSearch::scan, HeapSearch::entries, HeapSearch::file,
                                       HeapSearch::stores};
    constexpr bool both[] = {false, true};
    for (const HeapSearch search : searches) {
        for (const bool discards : both) {
            const bool there = has_search(search) && (!discards || gives_back());
            const rt::life::HeapClearing way{search, discards};
            EXPECT_EQUAL(bool(rt::life::set_heap_clearing(way)), there);
            if (there) {
                act(way);
            }
        }
    }
    EXPECT(bool(rt::life::set_heap_clearing(chosen)));
}

} // namespace ways
