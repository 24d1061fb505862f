/// The tables of an app's domains, by number, that messages, start-up and the log read. Compiled for
/// each app, with its postern/domains.inc.
#include "rt/entry/domains.h"

#include "linker/symbols.h"

// A row for each number, wherever its domain is declared.
#pragma clang diagnostic ignored "-Wc99-designator"

/// How many rows each table has: one for each key, and for each domain without one.
constexpr unsigned rows = POSTERN_NUMBER_FIRST_OWN
#define DOMAIN(name, number, ...) +(rt::key::is_own_number(number) ? 1 : 0)
#include "linker/each.inc"
    ;

/// Names, for messages.
extern "C" const char *const rt_domain_names[rows];
const char *const rt_domain_names[rows] = {
    [POSTERN_KEY_SHARED] = "shared",
    [POSTERN_KEY_MONITOR] = "monitor",
#define DOMAIN(name, number, ...) [number] = #name,
#define DATA_DOMAIN(name, number, ...) [number] = #name,
#include "linker/each.inc"
    [POSTERN_KEY_FRAME] = "frame",
};

/// Views, which start-up compares with the linker script's.
extern "C" const uint32_t rt_domain_views[rows];
const uint32_t rt_domain_views[rows] = {
#define DOMAIN(name, number, ...) [number] = rt::gate::base_view<rt::Domain::name>.raw(),
#include "linker/each.inc"
};

/// The log budget of each, in bytes per second.
extern "C" const uint32_t rt_domain_log_budgets[rows];
const uint32_t rt_domain_log_budgets[rows] = {
#define DOMAIN(name, number, stack, sharing, writes, rights, log) [number] = log,
#include "linker/each.inc"
};

// Symbols of the linker script.
extern "C" {
#define HEAP(name, ...) extern char __##name##_heap_start[], __##name##_heap_end[];
#include "linker/each.inc"
}

/// Heaps, for start-up, restart and the allocator, which runs in the domain.
const linker::HeapRecord rt_domain_heaps[rows] = {
#define HEAP(name, number, bytes, kept, fatal, populated)                                          \
    [number] = {__##name##_heap_start, __##name##_heap_end, (kept) / POSTERN_PAGE, fatal != 0,     \
                populated != 0},
#include "linker/each.inc"
};
