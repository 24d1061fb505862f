/// An app in which two domains have an address space of their own, and one a key where there are keys.
#include "rt/rt.h"

namespace {

uint64_t add(uint64_t a, uint64_t b) {
    return a + b;
}
constexpr rt::Entry<Domain::near, add> add_in_near;
constexpr rt::Entry<Domain::far, add> add_in_far;

} // namespace

rt::Exit main(rt::Arguments) {
    const uint64_t sum = rt::call<Domain::near>(add_in_near, 1ul, 2ul).value();
    return rt::call<Domain::far>(add_in_far, sum, 3ul).value() == 6 ? rt::Exit::success
                                                                   : rt::Exit::failure;
}
