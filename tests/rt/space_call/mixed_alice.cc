/// The code of alice, and the data that both share.
#include "tests/rt/space_call/mixed.h"

namespace mixed {

POSTERN_DATA(alice) uint64_t alice_word = 0xa11ce;
POSTERN_DATA(board) uint64_t board_word = 100;
POSTERN_DATA(desk) uint64_t desk_word = 200;
POSTERN_DATA(inbox) uint64_t inbox_word = 300;

uint64_t do_as_alice(uint64_t deeds, uint64_t address, uint64_t value) {
    return act(deeds, address, value, alice_to_bob);
}

} // namespace mixed
