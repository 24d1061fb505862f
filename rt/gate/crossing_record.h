/// One row of the table of crossings, for assembly and C++.
#pragma once

#define RT_CROSSING_ROW(WORD)                                                                      \
    WORD(enter, 0)                                                                                 \
    WORD(function, 8)                                                                              \
    WORD(view, 16)                                                                                 \
    WORD(caller, 20)                                                                               \
    WORD(wipes, 24)
#define RT_CROSSING_SHIFT 5

#ifdef __ASSEMBLER__

#define WORD(name, offset) .set crossing_##name, offset;
RT_CROSSING_ROW(WORD)
#undef WORD

#else

#include <stddef.h>

#include "linker/layout.h"
#include "rt/gate/call.h"

namespace rt::gate {

/// In read-only data, in the order of the numbers from 1 on.
struct CrossingRecord {
    RtGateEnter *enter; // the callee's gate
    /// What runs in the callee. It makes its arguments of words, because the words are the
    /// caller's.
    uint64_t (*function)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
    uint32_t view;   // the caller's, which the thread must have but for what is lent
    uint32_t caller; // its key
    uint32_t wipes;  // whether the crossing wipes registers, because the callee's gate does not
    uint32_t number;
};
#define WORD(name, offset) static_assert(offsetof(CrossingRecord, name) == offset);
RT_CROSSING_ROW(WORD)
#undef WORD
static_assert(sizeof(CrossingRecord) == POSTERN_CROSSING_BYTES);
static_assert(POSTERN_CROSSING_BYTES == 1 << RT_CROSSING_SHIFT);

} // namespace rt::gate

#endif
