/// The loop of the fuzz tests.
#include "tests/rt/uaccess/fuzz.h"

#include "rt/base/slot.h"
#include "rt/key/view.h"

namespace fuzz {

namespace {

constexpr uint64_t all_pairs = 10'000'000;
constexpr uint64_t pairs_between_redraws = 1024;
constexpr uint64_t pairs_between_looks = 1 << 20;

bool is_closed() {
    const bool is_view = !rt::key::has_keys() || rt::key::read_pkru() == rt::key::monitor_view;
    return is_view && rt::base::slot().window == 0;
}

/// Each way to end is at least one in a hundred: else the test looks at something else than it
/// says.
bool covers(const Ends &ends, uint64_t count) {
    return count < 10'000 ||
           (ends.whole > count / 100 && ends.refused > count / 100 && ends.faulted > count / 100);
}

} // namespace

Verdict judge(uint64_t address, uint64_t bytes, model::Access access, Ends &ends) {
    if (!model::owns(address, bytes)) {
        ++ends.refused;
        return {false, 0};
    }
    const uint64_t reached = model::reach(address, bytes, access);
    ++(reached == bytes ? ends.whole : ends.faulted);
    return {true, reached};
}

void run(uint64_t seed, uint64_t bytes, Attempt attempt, const char *file, int line) {
    const uint64_t count = harness::scaled(all_pairs);
    model::begin(seed);
    Pairs pairs(seed);
    Ends ends{};
    uint64_t done = 0;
    bool good = true;
    for (; done < count && good; ++done) {
        if (done % pairs_between_redraws == 0) {
            model::redraw(pairs.random());
        }
        Pair pair = pairs.next();
        pair.bytes = bytes != 0 ? bytes : pair.bytes;
        good = attempt(pair, ends) && is_closed();
        if (!good) {
            rt::log("wrong for pair {} of seed {}: {} bytes at {}", done, rt::Hex{seed},
                    rt::Hex{pair.bytes}, rt::Hex{pair.address});
        } else if (done % pairs_between_looks == pairs_between_looks - 1) {
            good = model::intact();
        }
    }
    const bool intact = model::intact();
    harness::expect(good, "each answer is the oracle's", file, line);
    harness::expect(intact, "nothing else has changed", file, line);
    harness::expect_equal(done, count, "pairs", file, line);
    if (!harness::expect(covers(ends, count), "each way to end was met", file, line)) {
        rt::log("{} whole, {} refused, {} faulted", ends.whole, ends.refused, ends.faulted);
    }
}

} // namespace fuzz
