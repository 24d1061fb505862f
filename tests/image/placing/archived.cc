/// Alice's archive: ordinary variables of all sorts, without any annotation, and two of a data domain.
#include "tests/image/placing/archived.h"

namespace archived {

uint64_t initialised = 1000;
uint64_t zeroed[1024];
POSTERN_DATA(album) uint64_t shared_initialised = 2000;
POSTERN_BSS(album) uint64_t shared_zeroed[2];

namespace {

uint64_t *own_pointer = &initialised;          // initialised data with an address in it
uint64_t *const constant_pointer = &zeroed[7]; // a constant with an address in it
uint64_t (*function_pointer)() = count;

} // namespace

uint64_t count() {
    ++*own_pointer;
    *constant_pointer += 10;
    return initialised + zeroed[7] + (function_pointer == &count ? 1 : 0);
}

void greet() {
    static const char text[] = "placed";
    rt::log_service(rt::Claimed::of(text), sizeof text - 1);
}

} // namespace archived
