/// Domain functions that go down through services: into the other domain, or into their own again.
#include "tests/rt/gate/dive.h"

#include "tests/rt/gate/services.h"

namespace dive {

namespace {

/// Words on the stack of one frame, which the frames below must not touch.
class Canaries {
public:
    explicit Canaries(uint64_t depth) {
        for (uint64_t i = 0; i < count; ++i) {
            words_[i] = mark(depth, i);
        }
    }
    bool intact(uint64_t depth) const {
        uint64_t same = 0;
        for (uint64_t i = 0; i < count; ++i) {
            same += words_[i] == mark(depth, i);
        }
        return same == count;
    }

private:
    static constexpr uint64_t count = 24;
    static uint64_t mark(uint64_t depth, uint64_t i) { return 0xca9a41e5 * (depth + 1) + i; }
    volatile uint64_t words_[count];
};

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
