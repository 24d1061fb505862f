/// The code of bob.
#include "tests/rt/space_call/mixed.h"

namespace mixed {

POSTERN_DATA(bob) uint64_t bob_word = 0xb0b;

uint64_t do_as_bob(uint64_t deeds, uint64_t address, uint64_t value) {
    return act(deeds, address, value, bob_to_alice);
}

} // namespace mixed
