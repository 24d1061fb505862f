/// The guest: its counter lies in its own domain.
#include "guest.h"

namespace {

uint64_t calls = 0;

} // namespace

uint64_t guest::twice(uint64_t number) {
    ++calls;
    return 2 * number;
}
