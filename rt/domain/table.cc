/// The app's regions and domains, as the linker laid them out.
#include "rt/domain/table.h"

/// Generated per app: the names of keys 0 to 15, null where the app has no such domain.
extern "C" const char *const rt_domain_names[rt::key::Pkey::count];

namespace rt::domain {

using base::Region;

namespace {

const char *what_is(linker::Kind kind) {
    switch (kind) {
    case linker::Kind::monitor:
    case linker::Kind::domain:
        return "data";
    case linker::Kind::monitor_stack:
    case linker::Kind::domain_stack:
        return "stack";
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

} // namespace

bool owns(Domain domain, uintptr_t address, size_t bytes) {
    for (const auto &record : Table()) {
        if (record.key == key_of(domain).raw() && region_of(record).contains(address, bytes)) {
            return true;
        }
    }
    return false;
}

bool is_constant(uintptr_t address, size_t bytes) {
    return Region::from_raw(reinterpret_cast<uintptr_t>(__rodata_start),
                            reinterpret_cast<uintptr_t>(__rodata_end))
        .contains(address, bytes);
}

const char *name_of(key::Pkey key) {
    const char *name = rt_domain_names[key.raw()];
    return name != nullptr ? name : "nobody";
}

Place place_of(uintptr_t address) {
    for (const auto &record : Table()) {
        if (address >= record.begin && address < record.end) {
            return {name_of(key::Pkey::from_raw(record.key)), what_is(record.kind)};
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
    if (within(address, __regions_start, __regions_end)) {
        return {nullptr, "guard page"};
    }
    return {nullptr, address < POSTERN_PAGE ? "null page" : "outside the image"};
}

} // namespace rt::domain
