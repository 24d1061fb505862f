/// The words of a thread's slot, addressed through gs, for assembly and C++.
#pragma once

#include "linker/layout.h"

// gs:[0..0x7ff] lies on the private page (monitor's key), gs:[0x800..0xfff] on the public page
// (key 0: every domain reads it, only the monitor writes it). Each word has one writer:
//   grsp    innermost gate frame on the monitor's stack; enter, leave, unwind
//   state   1 monitor, else a domain, exactly when the frame at grsp is complete: 2 behind a
//           trusting gate, 4 behind a distrusting one; enter's last store before its wrpkru, leave
//           after it has loaded its own stack, service, trap, unwind
//   window  the view that an open uaccess window must have; the window
//   self    the address of gs:0; start
//   resume  where the frame probe goes on; the probe
//   fs_base what fs base must be where a distrusting gate is left; start, rt/sys/fs_base.cc
//   floor   the lowest rsp with which the monitor still takes a request; start
//   pkru_at where a signal frame's XSAVE area has PKRU; start
//   block   where the interrupted domain's registers lie, for rt_trap_resume_domain; the interrupt
//   handling  1 while an administrator's signal handler runs; the interrupt
//   deadline  when this thread's domains must have ended, 0 for never; rt/trap/deadline.cc
//   call_word what the filter demands in a register of every system call: a number that no domain
//           knows; rt/policy/install.cc
//   overdue   1 once it has passed, until it is another; rt/trap/interrupt.cc, deadline.cc; read by all
//             who wait on a domain's behalf
//   stack   per key: where the next call into that domain begins its stack; start, services,
//           crossings
//   resume_*  the interrupted monitor's registers, for rt_trap_resume_monitor: from resume_rip
//           on as iretq takes them; the interrupt
//   view    the view that this thread's code is to run under; enter, leave, unwind
//   selector  dispatch selector: 1 (block) but for the syscall function; enter, rt_sys_call, unwind
//   depth   how far vector registers are wiped: 0 SSE, 1 AVX, 2 AVX-512; start
//   zero    what the wipe loads into the x87; nobody writes it
//   token   proof that the kernel called the trap entry: a store that every domain view refuses
#define RT_SLOT_WORDS(WORD)                                                                        \
    WORD(grsp, 0x000)                                                                              \
    WORD(state, 0x008)                                                                             \
    WORD(window, 0x010)                                                                            \
    WORD(self, 0x018)                                                                              \
    WORD(resume, 0x020)                                                                            \
    WORD(fs_base, 0x028)                                                                           \
    WORD(floor, 0x030)                                                                             \
    WORD(pkru_at, 0x038)                                                                           \
    WORD(block, 0x040)                                                                             \
    WORD(handling, 0x048)                                                                          \
    WORD(deadline, 0x050)                                                                          \
    WORD(overdue, 0x058)                                                                           \
    WORD(call_word, 0x060)                                                                         \
    WORD(stack, 0x080)                                                                             \
    WORD(resume_selector, 0x100)                                                                   \
    WORD(resume_rax, 0x108)                                                                        \
    WORD(resume_rip, 0x110)                                                                        \
    WORD(view, 0x800)                                                                              \
    WORD(selector, 0x808)                                                                          \
    WORD(token, 0x810)                                                                             \
    WORD(depth, 0x818)                                                                             \
    WORD(zero, 0x820)

#define RT_STATE_MONITOR 1
#define RT_STATE_TRUSTED 2
#define RT_STATE_DISTRUSTED 4
#define RT_SELECTOR_ALLOW 0
#define RT_SELECTOR_BLOCK 1
#define RT_DEPTH_SSE 0
#define RT_DEPTH_AVX 1
#define RT_DEPTH_AVX512 2

// What a domain's stack ends with: room for the registers of the domain when it is interrupted
// (rt/trap/interrupt.cc).
#define RT_BLOCK_BYTES 64

#ifdef __ASSEMBLER__

#define WORD(name, offset) .set slot_##name, offset;
RT_SLOT_WORDS(WORD)
#undef WORD
    // clang-format off
// The token word as seen from the slot's own address, without gs.
.set slot_token_absolute, slot_token + POSTERN_SLOT_GS
// clang-format on

#else

#include <stddef.h>
#include <stdint.h>

namespace rt::base {

/// The same words as C++ sees them at gs:0.
struct Slot {
    uint64_t grsp;
    uint64_t state;
    uint64_t window;
    Slot *self;
    uint64_t resume;
    uint64_t fs_base;
    uint64_t floor;
    uint64_t pkru_at;
    uint64_t block;
    uint64_t handling;
    uint64_t deadline;
    uint64_t overdue;
    uint64_t call_word;
    uint64_t unused_private[3];
    uint64_t stack[16];
    uint64_t resume_selector;
    uint64_t resume_rax;
    uint64_t resume_rip, resume_cs, resume_flags, resume_rsp, resume_ss;
    uint64_t unused_to_public[217];
    uint64_t view;
    uint64_t selector;
    uint64_t token;
    uint64_t depth;
    uint64_t zero;
};
#define WORD(name, offset) static_assert(offsetof(Slot, name) == offset);
RT_SLOT_WORDS(WORD)
#undef WORD
static_assert(sizeof(Slot) <= 0x1000, "gs offsets stay below the smallest mmap_min_addr");

/// This thread's slot. Valid in the monitor, once gs points to it.
inline Slot &slot() {
    Slot *self;
    asm("movq %%gs:0x18, %0" : "=r"(self));
    return *self;
}
static_assert(offsetof(Slot, self) == 0x18);

/// The view that an open window has on this thread, or 0. One load, as wide as the window's stores:
/// a wider one would wait until the last of them is in the cache.
inline uint32_t window_view() {
    uint32_t view;
    asm volatile("movl %%gs:0x10, %0" : "=r"(view));
    return view;
}
static_assert(offsetof(Slot, window) == 0x10);

/// Whether a domain of this thread has no time left: what waits on its behalf gives up.
inline bool is_overdue() {
    uint64_t overdue;
    asm volatile("movq %%gs:0x58, %0" : "=r"(overdue));
    return overdue != 0;
}
static_assert(offsetof(Slot, overdue) == 0x58);

/// Whether a signal handler runs on this thread, with all asynchronous signals blocked: no timer
/// interrupts what waits there.
inline bool is_handling() {
    uint64_t handling;
    asm volatile("movq %%gs:0x48, %0" : "=r"(handling));
    return handling != 0;
}
static_assert(offsetof(Slot, handling) == 0x48);

} // namespace rt::base

#endif
