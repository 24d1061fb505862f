/// The code of bob, who is called by alice.
#include "tests/rt/life/worker.h"

namespace worker {

namespace {

volatile uint64_t asked = 7;
volatile uint64_t zeros[1000];

} // namespace

uint64_t ask_from_bob(uint64_t domain) {
    asked = asked + 1;
    zeros[asked % 1000] = asked;
    return restart(domain);
}
uint64_t kind_of_cross_call() {
    const auto counted = to_alice();
    return counted ? 0x100 : static_cast<uint64_t>(counted.fault());
}

} // namespace worker
