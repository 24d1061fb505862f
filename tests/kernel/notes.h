/// The notes of an experiment for the process that asked for it, on a page that both share (key 0).
#pragma once

// Offsets of what assembly writes.
#define NOTES_ENTERED 0
#define NOTES_ENDED 4
#define NOTES_AFTER_PKRU 8
#define NOTES_BEGUN 12

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

namespace kernel {

struct Notes {
    uint32_t entered;        // handlers begun: their first instruction ran
    uint32_t ended;          // acts that came back
    uint32_t after_pkru;     // PKRU as the last act ended
    uint32_t begun;          // acts that were about to run
    uint32_t handled;        // handlers that reached C++ on their stack
    uint32_t entry_pkru;     // PKRU at a handler's first instruction
    uint32_t frame_pkru;     // the PKRU word of the handler's frame
    uint32_t frame_has_pkru; // bit 9 of that frame's XSTATE_BV
    int32_t signal;          // siginfo
    int32_t code;
    int32_t sender;      // si_pid
    uint32_t key;        // si_pkey
    uint64_t address;    // si_addr, si_call_addr
    int32_t number;      // si_syscall
    uint32_t arch;       // si_arch
    uint64_t error_code; // of the page fault
    uint64_t rip, rax;   // of the frame
    uint64_t stack;      // the handler's stack pointer
    uint64_t words[8];   // the experiment's own
};
static_assert(offsetof(Notes, entered) == NOTES_ENTERED);
static_assert(offsetof(Notes, ended) == NOTES_ENDED);
static_assert(offsetof(Notes, after_pkru) == NOTES_AFTER_PKRU);
static_assert(offsetof(Notes, begun) == NOTES_BEGUN);

/// The page. Made at start, shared with every child, written by the process that runs an
/// experiment.
Notes &notes();

} // namespace kernel

#endif
