/// The notes of the test's signal handlers, on the public page of the thread (key 0).
#pragma once

#include "linker/layout.h"

// As offsets from gs, after all words that the runtime has there.
#define PROBE_COUNT 0x1000
#define PROBE_PKRU_OFFSET 0x1008
#define PROBE_ENTRY_PKRU 0x1010
#define PROBE_FRAME_PKRU 0x1090
#define PROBE_CALL_WORD 0x1110
#define PROBE_MOST 16

// Offset of the pointer to the XSAVE area in the kernel's ucontext. [linux sigcontext.h v6.12]
#define PROBE_FPSTATE 224

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

namespace handler_probe {

/// The notes as C++ sees them at gs:PROBE_COUNT.
struct Notes {
    uint64_t count;                  // handlers entered
    uint64_t pkru_offset;            // of PKRU in an XSAVE area; the test writes it
    uint64_t entry_pkru[PROBE_MOST]; // rdpkru as the handler's first deed
    uint64_t frame_pkru[PROBE_MOST]; // the interrupted one, as the frame has it
    uint64_t call_word;              // for rt_sigreturn: a handler cannot read the private page
};
static_assert(PROBE_COUNT + offsetof(Notes, pkru_offset) == PROBE_PKRU_OFFSET);
static_assert(PROBE_COUNT + offsetof(Notes, entry_pkru) == PROBE_ENTRY_PKRU);
static_assert(PROBE_COUNT + offsetof(Notes, frame_pkru) == PROBE_FRAME_PKRU);
static_assert(PROBE_COUNT + offsetof(Notes, call_word) == PROBE_CALL_WORD);
static_assert(PROBE_COUNT + sizeof(Notes) + POSTERN_SLOT_GS <= POSTERN_SLOT_PUBLIC + POSTERN_PAGE);

} // namespace handler_probe

extern "C" {
/// A handler that notes and returns, for an alternate stack on key 0.
extern const char handler_probe_return[];
/// A handler that notes and goes on to rt_trap_entry as if the kernel had called that.
extern const char handler_probe_trap[];
}

#endif
