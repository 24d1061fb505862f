/// Where the monitor sees the memory of domains.
#include "rt/domain/alias.h"

#include "rt/domain/table.h"

namespace rt::domain {

uintptr_t seen(uintptr_t own) {
    return seen(domain_at(own), own);
}

base::Region seen(base::Region own) {
    return seen(domain_at(own.begin()), own);
}

bool is_any_apart() {
    for (const auto &record : Table()) {
        if (record.kind == linker::Kind::domain && key::is_apart(domain_of(record))) {
            return true;
        }
    }
    return false;
}

bool is_shared(const linker::RegionRecord &record) {
    return key::is_apart(domain_of(record)) ||
           (record.kind == linker::Kind::data_domain && is_any_apart());
}

base::Region aliases() {
    if (!is_any_apart()) {
        return {};
    }
    return base::Region::from_raw(reinterpret_cast<uintptr_t>(__regions_start) + POSTERN_ALIAS,
                                  reinterpret_cast<uintptr_t>(__regions_end) + POSTERN_ALIAS);
}

uintptr_t own(uintptr_t address) {
    return aliases().contains(address, 1) ? address - POSTERN_ALIAS : address;
}

} // namespace rt::domain
