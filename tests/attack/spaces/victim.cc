/// A program that is ended at any moment: it calls both domains, and restarts them, until then.
#include "rt/rt.h"

namespace {

uint64_t add(uint64_t a, uint64_t b) {
    return a + b;
}
constexpr rt::Entry<Domain::alice, add> add_in_alice;
constexpr rt::Entry<Domain::bob, add> add_in_bob;

void end() {
    __builtin_trap();
}
constexpr rt::Entry<Domain::alice, end> end_in_alice;

void spin() {
    for (;;) {
        asm volatile("pause");
    }
}
constexpr rt::Entry<Domain::bob, spin> spin_in_bob;

} // namespace

rt::Exit main(rt::Arguments) {
    for (;;) {
        static_cast<void>(rt::call<Domain::alice>(add_in_alice, 1ul, 2ul));
        static_cast<void>(rt::call<Domain::bob>(add_in_bob, 1ul, 2ul));
        static_cast<void>(rt::call<Domain::alice>(end_in_alice));
        static_cast<void>(rt::call_within<Domain::bob>(1'000'000, spin_in_bob));
        static_cast<void>(rt::restart(Domain::alice));
    }
}
