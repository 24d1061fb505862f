/// The code of next, which no other domain can execute either.
#include "tests/rt/space_call/own.h"

uint64_t next::address() {
    return reinterpret_cast<uint64_t>(&next::address);
}
