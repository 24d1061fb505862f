/// The words of a thread's slot, addressed through gs, for assembly and C++.
#pragma once

#include "linker/layout.h"
#include "rt/base/slot_words.h"

#define RT_STATE_MONITOR 1
#define RT_STATE_TRUSTED 2
#define RT_STATE_UNTRUSTED 4
#define RT_SELECTOR_ALLOW 0
#define RT_SELECTOR_BLOCK 1
#define RT_WIPE_SSE 0
#define RT_WIPE_AVX 1
#define RT_WIPE_AVX512 2

// The end of every domain's stack: room for the registers of the domain when it is interrupted
// (rt/trap/interrupt.cc).
#define RT_RESUME_RECORD_BYTES 64

#ifdef __ASSEMBLER__

// slot_NAME is the offset from gs; slot_next is where the next word begins.
#define WORDS(name, count, ...)                                                                    \
    .set slot_##name, slot_next;                                                                   \
    .set slot_next, slot_next + 8 * count;
#define WORD(name, ...) WORDS(name, 1, __VA_ARGS__)
// clang-format off
.set slot_next, RT_SLOT_PRIVATE
RT_SLOT_PRIVATE_WORDS(WORD, WORDS)
.set slot_next, RT_SLOT_PUBLIC
RT_SLOT_PUBLIC_WORDS(WORD, WORDS)
#undef WORD
#undef WORDS
// The token word as seen from the slot's own address, without gs.
.set slot_token_absolute, slot_token + POSTERN_SLOT_GS
// clang-format on

#else

#include <stddef.h>
#include <stdint.h>

namespace rt::base {

#define WORD(...) +1
#define WORDS(name, count, ...) +count
inline constexpr int slot_private_words = 0 RT_SLOT_PRIVATE_WORDS(WORD, WORDS);
#undef WORD
#undef WORDS

/// The same words as C++ sees them at gs:0.
struct Slot {
#define WORD(name, ...) uint64_t name;
#define WORDS(name, count, ...) uint64_t name[count];
    RT_SLOT_PRIVATE_WORDS(WORD, WORDS)
    uint64_t unused_to_public[RT_SLOT_PUBLIC / 8 - slot_private_words];
    RT_SLOT_PUBLIC_WORDS(WORD, WORDS)
#undef WORD
#undef WORDS
};
static_assert(offsetof(Slot, gate_rsp) == RT_SLOT_PRIVATE &&
              offsetof(Slot, view) == RT_SLOT_PUBLIC);
static_assert(offsetof(Slot, view) == POSTERN_SLOT_VIEW, "crt/library/heap reads it");
static_assert(offsetof(Slot, canary) - offsetof(Slot, thread_block) == 0x28,
              "compilers read the canary at fs:0x28"); // [gcc -mstack-protector-guard-offset]
static_assert(sizeof(Slot) <= 0x1000, "gs offsets stay below the smallest mmap_min_addr");

/// This thread's slot. Valid in the monitor, once gs points to it.
inline Slot &slot() {
    Slot *self;
    asm("movq %%gs:%c1, %0" : "=r"(self) : "i"(offsetof(Slot, self)));
    return *self;
}

/// The view that an open window has on this thread, or 0. One load, as wide as the window's stores:
/// a wider one would wait until the last of them is in the cache.
inline uint32_t window_view() {
    uint32_t view;
    asm volatile("movl %%gs:%c1, %0" : "=r"(view) : "i"(offsetof(Slot, window)));
    return view;
}

/// In address spaces: a window was open when a domain was called. With keys the call has closed its
/// view, so that the next access is a fault.
inline constexpr uint32_t window_after_call = ~uint32_t{0};

/// Whether a window is open, and no domain was called in it.
constexpr bool is_open(uint32_t window) {
    return window - 1 < window_after_call - 1;
}

/// Whether a domain of this thread has no time left. A call that waits on its behalf then gives up.
inline bool has_deadline_passed() {
    uint64_t deadline_passed;
    asm volatile("movq %%gs:%c1, %0"
                 : "=r"(deadline_passed)
                 : "i"(offsetof(Slot, deadline_passed)));
    return deadline_passed != 0;
}

/// Counts the mutexes that this thread holds: by one instruction, so that a signal comes before or
/// after it.
inline void count_locks(int64_t change) {
    asm volatile("addq %1, %%gs:%c0" : : "i"(offsetof(Slot, locks)), "er"(change) : "cc", "memory");
}

/// Whether a signal handler runs on this thread. All asynchronous signals are then blocked, so no
/// timer interrupts a call that waits.
inline bool is_handling() {
    uint64_t in_handler;
    asm volatile("movq %%gs:0x48, %0" : "=r"(in_handler));
    return in_handler != 0;
}
static_assert(offsetof(Slot, in_handler) == 0x48);

} // namespace rt::base

#endif
