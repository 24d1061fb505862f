/// Domain functions that go down through services: into the other domain, or into their own again.
#include "tests/rt/gate/dive.h"

#include "tests/rt/entry/services.h"
#include "tests/rt/gate/nesting.h"

namespace dive {

namespace {

using nesting::Canaries;

constexpr uint64_t broken = 0xdead0000;

} // namespace

uint64_t alternate(uint64_t depth) {
    const Canaries canaries(depth);
    const uint64_t below = depth == 0 ? 0 : services::dive_in_other(depth - 1);
    return canaries.intact(depth) ? below + 1 : broken;
}

uint64_t again(uint64_t depth) {
    const Canaries canaries(depth);
    const uint64_t below = depth == 0 ? 0 : services::dive_in_same(depth - 1);
    return canaries.intact(depth) ? below + 1 : broken;
}

uint64_t sink(uint64_t depth) {
    const Canaries canaries(depth);
    const uint64_t below = depth == 0 ? fall_to(0) : services::sink_in_other(depth - 1);
    return canaries.intact(depth) ? below + 1 : broken;
}

uint64_t fall_to(uint64_t address) {
    return *reinterpret_cast<const volatile uint64_t *>(address);
}

} // namespace dive
