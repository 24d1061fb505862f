/// Handlers of signals: set by some threads while others look for them, as a signal does.
#include "rt/trap/install.h"
#include "rt/trap/on_signal.h"
#include "tests/races/race.h"

namespace {

// What the handlers need, ready before they are set; plain, so that a missing order is reported.
int first_needs = 0;
int second_needs = 0;

void first(rt::sys::Signal) {
    race::check(first_needs == 1, "a handler ran before it was set");
}
void second(rt::sys::Signal) {
    race::check(second_needs == 2, "a handler ran before it was set");
}

// Whether the kernel, played here, delivers the signal.
bool is_delivered = false;

} // namespace

namespace rt::sys {

base::Result<base::Done> set_default(Signal) {
    return base::Done{};
}
base::Result<base::Done> set_ignored(Signal) {
    return base::Done{};
}

} // namespace rt::sys

namespace rt::trap {

base::Result<base::Done> take_asynchronous(sys::Signal signal) {
    race::check(handler_of(signal) != nullptr, "the kernel is told before the handler is stored");
    __atomic_store_n(&is_delivered, true, __ATOMIC_RELAXED);
    return base::Done{};
}

} // namespace rt::trap

namespace race {

void handlers() {
    on_threads(4, [](unsigned thread) {
        const auto signal = rt::sys::Signal::user1;
        if (thread == 0) {
            first_needs = 1;
            check(bool(rt::trap::on_signal(signal, first)), "on_signal");
        } else if (thread == 1) {
            second_needs = 2;
            check(bool(rt::trap::on_signal(signal, second)), "on_signal");
        }
        for (int i = 0; i < 10000; ++i) {
            if (__atomic_load_n(&is_delivered, __ATOMIC_RELAXED)) {
                const auto handler = rt::trap::handler_of(signal);
                check(handler != nullptr, "a signal came without its handler");
                if (handler != nullptr) {
                    handler(signal);
                }
            }
        }
    });
    check(is_delivered, "no signal came");
}

} // namespace race
