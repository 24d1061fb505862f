/// Addresses in this process that a hostile domain would look for.
#include "tests/rt/trap/places.h"

namespace places {

const linker::RegionRecord &region(linker::Kind kind, unsigned key) {
    for (const auto &record : rt::domain::Table()) {
        if (record.kind == kind && record.number == key) {
            return record;
        }
    }
    rt::panic("no region of kind {} with key {}", static_cast<unsigned>(kind), key);
}

} // namespace places
