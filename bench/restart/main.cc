/// Restarts, each in turn with the bare stores of the same bytes, and with the discard that it
/// makes.
#include <stddef.h>

#include "rt/domain/table.h"
#include "rt/life/heap.h"
#include "rt/rt.h"
#include "rt/sys/memory.h"
#include "rt/uaccess/initial_data.h"

namespace {

constexpr size_t data_bytes = 4096, zero_bytes = 16384;
#define MEMORY(domain)                                                                             \
    POSTERN_DATA(domain) volatile unsigned char domain##_data[data_bytes] = {1};                   \
    POSTERN_BSS(domain) volatile unsigned char domain##_zeros[zero_bytes];                         \
    uint64_t domain##_runs() {                                                                     \
        return domain##_data[0] + domain##_zeros[0];                                               \
    }                                                                                              \
    constexpr rt::Entry<Domain::domain, domain##_runs> domain##_entry;
MEMORY(usual)
MEMORY(keeps)

/// Heap pages that a life touches, of the domain's 16 MiB.
struct Row {
    const char *name;
    Domain domain;
    size_t pages;
    bool once_full; // an earlier life has touched the whole heap
};
constexpr Row rows[] = {
    {"restart/4_pages", Domain::usual, 4, false},
    {"restart/64_pages", Domain::usual, 64, false},
    {"restart/1024_pages", Domain::usual, 1024, false},
    {"restart/64_pages/keep_4M", Domain::keeps, 64, false},
    {"restart/1024_pages/keep_4M", Domain::keeps, 1024, false},
    {"restart/4_pages/after_a_full_heap", Domain::usual, 4, true},
};

const linker::RegionRecord &heap_of(Domain domain) {
    const auto *record = __region_table_start;
    while (record->kind != linker::Kind::domain_heap || rt::domain::domain_of(*record) != domain) {
        ++record;
    }
    return *record;
}

void must(bool good) {
    if (!good) {
        rt::panic("a restart, a copy or a discard has failed");
    }
}

void touch(const Row &row, size_t pages) {
    const uintptr_t heap = heap_of(row.domain).begin;
    const rt::UserAccess window(row.domain);
    for (size_t page = 0; page < pages; ++page) {
        must(bool(window.put(rt::Claimed::from_raw(heap + page * POSTERN_PAGE), uint64_t{1})));
    }
}

void restart(const Row &row) {
    must(bool(rt::restart(row.domain)));
}

/// The same bytes: initial data, zeros, stack, and the pages that were touched.
void store(const Row &row) {
    for (const auto &record : rt::domain::Table()) {
        if (rt::domain::domain_of(record) != row.domain) {
            continue;
        }
        const bool is_heap = record.kind == linker::Kind::domain_heap;
        must(is_heap ? bool(rt::clear_in_domain(row.domain, rt::Claimed::from_raw(record.begin),
                                                row.pages * POSTERN_PAGE))
                     : rt::uaccess::write_initial_data(record) && rt::uaccess::clear_rest(record));
    }
}

/// What goes back to the kernel, and nothing else.
void discard(const Row &row) {
    if (rt::life::heap_clearing().discards) {
        const rt::UserAccess window(row.domain);
        must(bool(rt::sys::discard(rt::domain::end_given_back(heap_of(row.domain)))));
    }
}

constexpr size_t most_rounds = 101;
constinit size_t rounds = most_rounds; // 3 in the emulator, whose figures say nothing
constinit uint64_t cycles[3][most_rounds];

uint64_t median(uint64_t (&of)[most_rounds]) {
    for (size_t i = 1; i < rounds; ++i) { // by insertion
        for (size_t j = i; j > 0 && of[j] < of[j - 1]; --j) {
            const uint64_t less = of[j];
            of[j] = of[j - 1];
            of[j - 1] = less;
        }
    }
    return of[rounds / 2];
}

void measure(const Row &row) {
    constexpr void (*ways[])(const Row &) = {restart, store, discard};
    if (row.once_full) {
        touch(row, (heap_of(row.domain).end - heap_of(row.domain).begin) / POSTERN_PAGE);
        restart(row);
    }
    for (size_t round = 0; round < rounds; ++round) {
        for (size_t way = 0; way < 3; ++way) {
            touch(row, row.pages);
            const uint64_t begin = __builtin_ia32_rdtsc();
            ways[way](row);
            cycles[way][round] = __builtin_ia32_rdtsc() - begin;
        }
    }
    const uint64_t stores = median(cycles[1]);
    const uint64_t whole = median(cycles[0]);
    rt::log("{}: {} cycles, stores {}, discard {}, {} % of the stores", row.name, whole, stores,
            median(cycles[2]), whole * 100 / stores);
}

} // namespace

rt::Exit main(rt::Arguments arguments) {
    if (arguments.environment("POSTERN_EMULATED") != nullptr) {
        rounds = 3;
    }
    must(rt::call<Domain::usual>(usual_entry) && rt::call<Domain::keeps>(keeps_entry));
    for (const Row &row : rows) {
        measure(row);
    }
    return rt::Exit::success;
}
