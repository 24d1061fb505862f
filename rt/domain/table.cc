/// The app's regions and domains, as the linker laid them out.
#include "rt/domain/table.h"

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/domain/key_allocator.h"
#include "rt/domain/own_text.h"

/// Generated per app: names by number, of all keys at least; null where the app has no such domain.
extern "C" const char *const rt_domain_names[];

namespace rt::domain {

using base::Region;

namespace {

const char *what_is(linker::Kind kind) {
    switch (kind) {
    case linker::Kind::monitor:
    case linker::Kind::domain:
    case linker::Kind::data_domain:
        return "data";
    case linker::Kind::monitor_stack:
    case linker::Kind::domain_stack:
        return "stack";
    case linker::Kind::domain_heap:
        return "heap";
    case linker::Kind::arena:
        return "thread pages";
    case linker::Kind::arguments:
        return "arguments";
    }
    return "memory";
}

bool within(uintptr_t address, const char *begin, const char *end) {
    return address >= reinterpret_cast<uintptr_t>(begin) &&
           address < reinterpret_cast<uintptr_t>(end);
}

bool has_any(linker::Kind kind) {
    for (const auto &record : Table()) {
        if (record.kind == kind) {
            return true;
        }
    }
    return false;
}

} // namespace

POSTERN_SETTLED Region regions[key::domain_places][most_regions] = {};

bool has_domains() {
    return has_any(linker::Kind::domain);
}

bool has_own_domains() {
    for (const auto &record : Table()) {
        if (key::is_own_number(record.number)) {
            return true;
        }
    }
    return false;
}

bool has_heaps() {
    return has_any(linker::Kind::domain_heap);
}

void index_regions() {
    unsigned found[key::domain_places] = {};
    for (const auto &record : Table()) {
        const Domain domain = domain_of(record);
        if (domain != no_domain) {
            unsigned &count = found[key::index_of(domain)];
            if (count == most_regions) {
                base::panic("the region table has more regions of {} than rt/domain/table.cc knows",
                            name_of(domain));
            }
            regions[key::index_of(domain)][count++] = region_of(record);
        }
    }
}

Region end_given_back(const linker::RegionRecord &record) {
    const linker::HeapRecord &heap = rt_domain_heaps[record.number];
    const uintptr_t kept = record.begin + uintptr_t{heap.kept_pages} * POSTERN_PAGE;
    return heap.is_populated ? Region() : Region::from_raw(kept, record.end);
}

uint32_t view_of(Domain domain) {
    for (const auto &record : Table()) {
        if (record.kind == linker::Kind::domain && record.number == key::number_of(domain)) {
            return record.view;
        }
    }
    return 0;
}

Region stack_of(Domain domain) {
    for (const auto &record : Table()) {
        if (record.kind == linker::Kind::domain_stack && record.number == key::number_of(domain)) {
            return region_of(record);
        }
    }
    return {};
}

size_t room_at(Domain domain, uintptr_t address) {
    for (const auto &region : regions[key::index_of(domain)]) {
        if (region.contains(address, 1)) {
            return region.end() - address;
        }
    }
    return 0;
}

Domain domain_at(uintptr_t address) {
    for (const auto &record : Table()) {
        if (region_of(record).contains(address, 1)) {
            return domain_of(record);
        }
    }
    return no_domain;
}

bool is_constant(uintptr_t address, size_t bytes) {
    return Region::from_raw(reinterpret_cast<uintptr_t>(__rodata_start),
                            reinterpret_cast<uintptr_t>(__rodata_end))
        .contains(address, bytes);
}

const char *name_of_number(unsigned number) {
    const char *name = rt_domain_names[number];
    return name != nullptr ? name : "free";
}

bool is_named(key::Pkey key) {
    return rt_domain_names[key.raw()] != nullptr;
}

const linker::RegionRecord *stack_above_guard(uintptr_t address) {
    for (const auto &record : Table()) {
        const bool is_stack =
            record.kind == linker::Kind::domain_stack || record.kind == linker::Kind::monitor_stack;
        if (is_stack && address < record.begin && record.begin - address <= POSTERN_STACK_GUARD) {
            return &record;
        }
    }
    return nullptr;
}

Place place_of(uintptr_t address) {
    if (within(address, __settled_start, __settled_end)) {
        return {name_of(key::monitor_key), "settled words"};
    }
    for (const auto &record : Table()) {
        if (address >= record.begin && address < record.end) {
            return {name_of(record), what_is(record.kind)};
        }
    }
    for (const auto &text : OwnTexts()) {
        if (address >= text.begin && address < text.end) {
            return {name_of_number(static_cast<unsigned>(text.number)), "text"};
        }
    }
    if (within(address, __gate_start, __gate_end)) {
        return {nullptr, "gates"};
    }
    if (within(address, __trap_start, __trap_end)) {
        return {nullptr, "trap entry"};
    }
    if (within(address, __text_start, __text_end)) {
        return {nullptr, "text"};
    }
    if (within(address, __pristine_start, __pristine_end)) {
        return {nullptr, "pristine copies"};
    }
    if (within(address, __rodata_start, __rodata_end)) {
        return {nullptr, "constants"};
    }
    if (const auto *stack = stack_above_guard(address)) {
        return {name_of(*stack), "stack guard"};
    }
    if (within(address, __regions_start, __regions_end)) {
        return {nullptr, "guard page"};
    }
    if (recorded_key_at(address) != key::shared_key) {
        return {"app", "memory"};
    }
    return {nullptr, address < POSTERN_PAGE ? "null page" : "outside the image"};
}

} // namespace rt::domain
