/// All mappings of this process at once, for tests: what rt/sys/smaps.h yields one by one.
#include "tests/rt/domain/smaps.h"

#include "rt/base/panic.h"

namespace smaps {

namespace {

constinit Mappings mappings{};

} // namespace

const Mappings &read() {
    mappings.count_ = 0;
    rt::sys::Smaps account;
    while (const Mapping *mapping = rt::base::must(account.next(), "reading smaps")) {
        if (mappings.count_ == Mappings::capacity) {
            rt::base::panic("more than {} mappings", Mappings::capacity);
        }
        mappings.mappings_[mappings.count_++] = *mapping;
    }
    return mappings;
}

int key_at(uint64_t address) {
    for (const Mapping &mapping : read()) {
        if (address >= mapping.begin && address < mapping.end) {
            return static_cast<int>(mapping.key);
        }
    }
    return -1;
}

} // namespace smaps
