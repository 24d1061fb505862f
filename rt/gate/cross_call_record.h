/// One row of the table of cross calls, for assembly and C++.
#pragma once

#define RT_CROSS_CALL_ROW(WORD)                                                                    \
    WORD(enter, 0)                                                                                 \
    WORD(function, 8)                                                                              \
    WORD(view, 16)                                                                                 \
    WORD(caller, 20)                                                                               \
    WORD(wipes, 24)
#define RT_CROSS_CALL_SHIFT 5

#ifdef __ASSEMBLER__

#define WORD(name, offset) .set cross_call_##name, offset;
RT_CROSS_CALL_ROW(WORD)
#undef WORD

#else

#include <stddef.h>

#include "linker/layout.h"
#include "rt/gate/enter.h"

namespace rt::gate {

/// In read-only data, in the order of the numbers from 1 on.
struct CrossCallRecord {
    RtGateEnter *enter; // the callee's gate
    /// The function that runs in the callee. It makes its arguments anew from the words, because
    /// the caller chose them.
    uint64_t (*function)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
    uint32_t view;   // the caller's, which the thread must have, apart from loans
    uint32_t caller; // its number
    uint32_t wipes;  // whether the cross call wipes registers, because the callee's gate does not
    uint32_t number;
};
#define WORD(name, offset) static_assert(offsetof(CrossCallRecord, name) == offset);
RT_CROSS_CALL_ROW(WORD)
#undef WORD
static_assert(sizeof(CrossCallRecord) == POSTERN_CROSS_CALL_BYTES);
static_assert(POSTERN_CROSS_CALL_BYTES == 1 << RT_CROSS_CALL_SHIFT);

} // namespace rt::gate

#endif
