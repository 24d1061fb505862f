/// Numbers of the memory map that the linker script, assembly and C++ share.
#pragma once

// The image is above 4 GiB, so that 32-bit code cannot reach it.
#define POSTERN_BASE 0x200000000000
#define POSTERN_PAGE 0x1000

// One slot of the arena per thread: private page, public page (rt/base/slot.h), two stacks.
#define POSTERN_SLOT_SIZE 0x40000
#define POSTERN_SLOT_COUNT 1
#define POSTERN_SLOT_PRIVATE 0x1000
#define POSTERN_SLOT_PUBLIC 0x2000
// The stack on which handlers of asynchronous signals run. Its top holds their return address.
#define POSTERN_SLOT_HANDLER 0x4000
#define POSTERN_SLOT_HANDLER_TOP 0xa000
#define POSTERN_SLOT_HANDLER_END 0xe000
// The record of the thread's last fault: the last 512 bytes. It is not on gs's page, which the code that says
// what went wrong needs if the record cannot be written.
#define POSTERN_SLOT_FAULT 0xde00
// From there to its end: the alternate stack for faults of a signal handler; then the two that are
// used in turn for all other signals. The gaps between the parts stay inaccessible.
#define POSTERN_SLOT_STACK 0x10000
#define POSTERN_SLOT_STACK_FIRST 0x20000
#define POSTERN_SLOT_STACK_SECOND 0x30000
// Distance from a slot to its gs base: the last half page of the private page is gs:[0..0x7ff], the
// first half page of the public page gs:[0x800..0xfff]; both stay below mmap_min_addr, so that a
// gs base of zero makes every access fault.
#define POSTERN_SLOT_GS 0x1800
// The view word, from gs on: the first word of the public page (rt/base/slot_words.h).
#define POSTERN_SLOT_VIEW 0x800

// One row of the table of cross calls (rt/gate/cross_call_record.h).
#define POSTERN_CROSS_CALL_BYTES 32
#define POSTERN_ENTRY_BYTES 24
#define POSTERN_CALL_BYTES 104
#define POSTERN_ALTERNATIVE_BYTES 12

#define POSTERN_MONITOR_STACK 0x40000
// Address space, not memory, below and above each stack. An overflow by a local variable of this
// size still faults and does not reach other memory.
#define POSTERN_STACK_GUARD 0x100000
// Address space, not memory: the kernel allows at most 6 MiB of arguments and environment.
#define POSTERN_ARGUMENTS 0x800000

// Where the monitor sees the memory of a domain that has an address space of its own: this far from
// the domain's own address. The monitor's views of the mailboxes begin at twice that distance from
// the image, one after the other.
#define POSTERN_ALIAS 0x100000000000
#define POSTERN_ALIAS_BIT 44
#define POSTERN_BOXES (POSTERN_BASE + 2 * POSTERN_ALIAS)
#define POSTERN_LOANS (POSTERN_BASE + 3 * POSTERN_ALIAS) // copies of data domains
// A mailbox (rt/space/mailbox.h); in such an address space it follows the stub's page.
#define POSTERN_MAILBOX_BYTES 0x13000

// Keys with a fixed meaning. Domains have keys from 2 to 14 in the order of their declaration; data
// domains have the keys after them.
#define POSTERN_KEY_SHARED 0
#define POSTERN_KEY_MONITOR 1
#define POSTERN_KEY_FIRST_DOMAIN 2
#define POSTERN_KEY_LAST_DOMAIN 14
#define POSTERN_KEY_FRAME 15

// The numbers of domains. A domain with a key has the number of its key. Those with an address space
// of their own on every machine (SPACE own) have no key, and come after all keys.
#define POSTERN_NUMBER_FIRST_OWN 16
#define POSTERN_NUMBER_LAST_OWN 79
#define POSTERN_NUMBERS 80

// The kinds of regions, in the script and in the region table.
#define POSTERN_KIND_MONITOR 0
#define POSTERN_KIND_MONITOR_STACK 1
#define POSTERN_KIND_ARENA 2
#define POSTERN_KIND_ARGUMENTS 3
#define POSTERN_KIND_DOMAIN 4
#define POSTERN_KIND_DOMAIN_STACK 5
#define POSTERN_KIND_DATA_DOMAIN 6
#define POSTERN_KIND_DOMAIN_HEAP 7

#define POSTERN_SHARING_private 0
#define POSTERN_SHARING_shared 1

// Whether a domain may write key 0: `shared` exists for one comparison and voids every guarantee.
#define POSTERN_WRITES_nothing 0
#define POSTERN_WRITES_shared 1
