/// The memory through which the monitor and a child process talk: orders and answers.
#pragma once

#include "linker/layout.h"

// WORD(name, offset). The monitor writes orders, and the child maps them read-only, from a file
// that refuses every new writable mapping. The child writes answers. Each word of them is a claim,
// which the monitor reads once.
//
// A plain call changes the first cache line of each alone. A turn: the monitor writes kind and
// words, then adds one to `sequence`; the child writes its event in the same way, and ends with a
// copy of the order's sequence.

// clang-format off
#define RT_MAILBOX_ORDERS(WORD)                                                                    \
    WORD(sequence, 0)                                                                              \
    WORD(kind, 4)                                                                                  \
    WORD(words, 8)                                                                                 \
    WORD(stack, 64)                                                                                \
    WORD(spin, 72)                                                                                 \
    WORD(yield, 76)                                                                                \
    WORD(waiting, 80)                                                                              \
    WORD(selector, 84)                                                                             \
    WORD(parent, 88)                                                                               \
    WORD(list, 0x1000)                                                                             \
    WORD(extra, 0x9000)
#define RT_MAILBOX_ANSWERS(WORD)                                                                   \
    WORD(sequence, 0)                                                                              \
    WORD(kind, 4)                                                                                  \
    WORD(words, 8)                                                                                 \
    WORD(sleeping, 64)                                                                             \
    WORD(results, 0x1000)                                                                          \
    WORD(signal_stack, 0x2000)
// clang-format on

#define RT_MAILBOX_ORDERS_BYTES 0xb000
#define RT_MAILBOX_ANSWERS_BYTES 0x8000
#define RT_MAILBOX_LIST_ITEMS 511 // and the zero after them
#define RT_MAILBOX_ITEM_BYTES 64

// Kinds of orders, with their words.
#define RT_ORDER_CALL 1   // function, six arguments; its stack pointer is the word `stack`
#define RT_ORDER_ANSWER 2 // the rsp of the event, rax, rdx: ends a service or a cross call
#define RT_ORDER_RESUME 3 // the address of the signal frame of an event + 8
#define RT_ORDER_BATCH 4  // runs the list
// The zygote's: the orders' descriptor and offset, the answers', the flags of clone.
#define RT_ORDER_SPAWN 5

// Kinds of events, with their words.
#define RT_EVENT_RETURNED 1 // rax
#define RT_EVENT_SERVICE 2  // number, five arguments, rsp
#define RT_EVENT_TRAPPED 3  // signal, address of the frame, cr2, error code, trap number
#define RT_EVENT_BATCHED 4  // how many items succeeded; the result of the next one is the error
// How many items of the first list succeeded; the result of giving up the builder's page.
#define RT_EVENT_READY 5
#define RT_EVENT_SPAWNED 6  // process id, or an errno as a negative number
#define RT_EVENT_CROSSING 7 // as a service
#define RT_EVENT_IDLE 8     // none: a stopped call was given up, by a RESUME to rt_space_stub_idle

// `please stop`, SIGURG: the one asynchronous signal that a child does not block. A child that was
// in the stub says nothing, so the monitor sends it again.
#define RT_SIGNAL_STOP 23

#ifdef __ASSEMBLER__

// clang-format off
#define WORD(name, offset) .set orders_##name, offset;
RT_MAILBOX_ORDERS(WORD)
#undef WORD
#define WORD(name, offset) .set answers_##name, offset;
RT_MAILBOX_ANSWERS(WORD)
#undef WORD
// clang-format on

// clang-format off
// The words of this process' mailbox, at whatever address stub and mailbox are.
#define ORDERS(name) (rt_space_stub_begin + POSTERN_PAGE + orders_##name)(%rip)
#define ORDERS_WORD(index) (rt_space_stub_begin + POSTERN_PAGE + orders_words + 8 * (index))(%rip)
#define ANSWERS(name)                                                                              \
    (rt_space_stub_begin + POSTERN_PAGE + RT_MAILBOX_ORDERS_BYTES + answers_##name)(%rip)
#define ANSWERS_WORD(index)                                                                        \
    (rt_space_stub_begin + POSTERN_PAGE + RT_MAILBOX_ORDERS_BYTES + answers_words +                \
     8 * (index))(%rip)
// clang-format on

#else

#include <stddef.h>
#include <stdint.h>

namespace rt::space {

enum class Order : uint32_t {
    call = RT_ORDER_CALL,
    answer = RT_ORDER_ANSWER,
    resume = RT_ORDER_RESUME,
    batch = RT_ORDER_BATCH,
    spawn = RT_ORDER_SPAWN,
};

enum class Event : uint32_t {
    returned = RT_EVENT_RETURNED,
    service = RT_EVENT_SERVICE,
    trapped = RT_EVENT_TRAPPED,
    batched = RT_EVENT_BATCHED,
    ready = RT_EVENT_READY,
    spawned = RT_EVENT_SPAWNED,
    crossing = RT_EVENT_CROSSING,
    idle = RT_EVENT_IDLE,
};

/// One system call of a list. A list ends with a number of zero, and stops after the first error.
/// An item of a BATCH that touches stub or mailbox is EPERM.
struct Item {
    uint64_t number;
    uint64_t arguments[6];
    uint64_t unused;
};
static_assert(sizeof(Item) == RT_MAILBOX_ITEM_BYTES);

struct Orders {
    uint32_t sequence; // of the newest order; the child waits for it to change
    uint32_t kind;     // an Order
    uint64_t words[7];
    // Lines that a call does not change.
    uint64_t stack;
    uint32_t spin;    // how often a waiting child looks at `sequence` before it yields
    uint32_t yield;   // how often either side yields before it sleeps
    uint32_t waiting; // 1: the monitor sleeps, or is about to, until answers' `sequence` changes
    uint8_t selector; // of dispatch, in the child
    uint8_t unused_after_selector[3];
    uint64_t parent; // the monitor's process id
    // The monitor's own notes, here so that a fork of it has the same ones.
    uint32_t process; // that takes the orders; 0: none
    uint32_t place;   // where it runs, as last told to the kernel (place.cc)
    uint32_t view;    // by which the child has data domains open
    uint32_t lent;    // of the innermost open call that lends; 0 without one
    uint32_t planned; // how many items the first list has
    uint32_t spare;   // a process that was made in advance, and takes no orders yet; 0: none
    uint32_t owed;    // the zygote's: 1 while it makes such a process
    uint32_t owed_to; // and the number of that one's mailbox
    uint64_t unused_to_list[496];
    Item list[RT_MAILBOX_LIST_ITEMS + 1];
    unsigned char extra[0x2000]; // the zygote's: what arguments of items point to; a child's: child.cc
};
static_assert(sizeof(Orders) == RT_MAILBOX_ORDERS_BYTES);

struct Answers {
    volatile uint32_t sequence; // of the order that this event answers
    volatile uint32_t kind;     // an Event
    volatile uint64_t words[7];
    volatile uint32_t sleeping; // 1: the child sleeps, or is about to
    uint32_t unused_to_results[1007];
    volatile uint64_t
        results[RT_MAILBOX_LIST_ITEMS + 1]; // of the items, an errno as a negative number
    unsigned char signal_stack[0x6000];     // its end is the mailbox' end
};
static_assert(sizeof(Answers) == RT_MAILBOX_ANSWERS_BYTES);

/// One mailbox, as the monitor has it in a row of them and as a child has it after its stub.
struct Mailbox {
    Orders orders;
    Answers answers;
};
static_assert(sizeof(Mailbox) == POSTERN_MAILBOX_BYTES);

#define WORD(name, offset) static_assert(offsetof(Orders, name) == offset);
RT_MAILBOX_ORDERS(WORD)
#undef WORD
#define WORD(name, offset) static_assert(offsetof(Answers, name) == offset);
RT_MAILBOX_ANSWERS(WORD)
#undef WORD

} // namespace rt::space

/// Places of stub.S and build.S, in this process and, at the same addresses, in a child.
extern "C" {
extern const char rt_space_build_begin[]; // the builder's page; a child has nothing there
extern const char rt_space_build_zygote[];
extern const char rt_space_build_syscall_end[]; // the address after its one `syscall`
extern const char rt_space_stub_begin[];        // the stub's page
extern const char rt_space_stub_trap[];         // the handler of a child's signals
extern const char rt_space_stub_post[];         // for tests: says what the answers hold, and waits
extern const char rt_space_stub_idle[];
extern const char rt_space_stub_service[], rt_space_stub_cross[];
extern const char rt_space_stub_syscall_end[];
}

#endif
