/// Where things lie in this process: what a hostile domain would look for.
#include "tests/rt/trap/places.h"

#include "tests/rt/domain/smaps.h"

namespace places {

const linker::RegionRecord &region(linker::Kind kind, unsigned key) {
    for (const auto &record : rt::domain::Table()) {
        if (record.kind == kind && record.key == key) {
            return record;
        }
    }
    rt::panic("no region of kind {} with key {}", static_cast<unsigned>(kind), key);
}

Range initial_stack() {
    for (const auto &mapping : smaps::read()) {
        if (mapping.is_named("[stack]")) {
            return {mapping.begin, mapping.end};
        }
    }
    return {};
}

} // namespace places
