/// Where the monitor sees the memory of domains.
#include "rt/domain/alias.h"

#include "linker/symbols.h"

namespace rt::domain {

POSTERN_SETTLED uintptr_t alias_distance = 0;

uintptr_t own(uintptr_t address) {
    const auto regions = base::Region::from_raw(reinterpret_cast<uintptr_t>(__regions_start),
                                                reinterpret_cast<uintptr_t>(__regions_end));
    return seen(regions).contains(address, 1) ? address - alias_distance : address;
}

} // namespace rt::domain
