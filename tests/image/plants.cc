/// Bad copies of a good image: all of them.
#include "tests/image/plants.h"

#include "tests/image/planting.h"

namespace image {

std::vector<Plant> plants() {
    std::vector<Plant> all;
    for (const auto &group : {segment_plants(), instruction_plants(), region_plants(),
                              exception_table_plants(), patching_plants()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

} // namespace image
