/// The C++ side of the linker script's symbol contract (linker/image.ld.in).
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "linker/layout.h"

/// A variable of the runtime that start alone writes. Its page is read-only from the end of start on
/// (rt/seal/seal.h). The section's name is no domain's: theirs begin with `.data..postern.`.
#define POSTERN_SETTLED [[gnu::section(".data..settled")]] constinit

namespace linker {

enum class Kind : uint32_t {
    monitor = POSTERN_KIND_MONITOR,
    monitor_stack = POSTERN_KIND_MONITOR_STACK,
    arena = POSTERN_KIND_ARENA,
    arguments = POSTERN_KIND_ARGUMENTS,
    domain = POSTERN_KIND_DOMAIN,
    domain_stack = POSTERN_KIND_DOMAIN_STACK,
    data_domain = POSTERN_KIND_DATA_DOMAIN, // memory that domains share; nothing runs in it
    domain_heap = POSTERN_KIND_DOMAIN_HEAP,
};

enum class Sharing : uint32_t {
    private_memory = POSTERN_SHARING_private,
    shared_memory = POSTERN_SHARING_shared,
};

/// One region as the script's RECORD macro lays it out. Addresses are page-aligned; `pristine` and
/// `pristine_bytes` name the initial contents (the rest of a region starts as zeros).
struct RegionRecord {
    uintptr_t begin;
    uintptr_t end;
    uintptr_t pristine;
    size_t pristine_bytes;
    uint32_t number; // of the domain, or of the key of other memory (rt/key/domain.h)
    Kind kind;
    Sharing sharing;
    uint32_t view; // of a domain; 0 for other kinds
};
static_assert(sizeof(RegionRecord) == 48);

/// The code of a domain that has an address space of its own on every machine.
struct TextRecord {
    uintptr_t begin; // page-aligned, as `end`
    uintptr_t end;
    uint64_t number; // of the domain
};
static_assert(sizeof(TextRecord) == 24);

/// A domain's heap, as HEAP in postern_add_domain declares it; all zeros where a domain has none.
struct HeapRecord {
    char *begin; // page-aligned, as `end`
    char *end;
    uint32_t kept_pages; // at its beginning; a restart gives the others back to the kernel
    bool is_fatal;       // a request that cannot be met is a Fault, instead of a null pointer
    bool is_populated;   // start-up touches every page
};
static_assert(sizeof(HeapRecord) == 24);

} // namespace linker

extern "C" {
extern const char __text_start[], __text_end[];
extern const char __memory_start[], __memory_end[];
extern const char __gate_start[], __gate_end[];
extern const char __trap_start[], __trap_end[];
extern const char __space_start[], __space_end[];
extern const char __mailbox_start[], __mailbox_end[];
extern const char __own_texts_start[], __own_texts_end[];
extern const linker::TextRecord __own_text_table_start[], __own_text_table_end[];
extern const char __rodata_start[], __rodata_end[];
extern const char __pristine_start[], __pristine_end[];
extern char __regions_start[];
// Weak, so that the compiler takes their addresses from the GOT: stacks may be out of reach of
// rip-relative addresses.
[[gnu::weak]] extern char __regions_end[];
[[gnu::weak]] extern char __monitor_stack_start[], __monitor_stack_end[];
extern char __settled_start[], __settled_end[];
extern char __arguments_start[], __arguments_end[];
[[gnu::weak]] extern char __arena_start[], __arena_end[];
extern const linker::RegionRecord __region_table_start[], __region_table_end[];
extern const linker::HeapRecord rt_domain_heaps[]; // by number; rt/entry/domains.cc, for each app
}
