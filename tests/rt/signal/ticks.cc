/// A timer's signals, and what counts them.
#include "tests/rt/signal/ticks.h"

#include <asm/unistd.h>
#include <linux/time.h>

#include "rt/sys/call.h"

namespace ticks {

namespace {

volatile uint64_t count = 0;

void note(rt::Signal) {
    count = count + 1;
}

void set(long microseconds) {
    const __kernel_old_itimerval times{{0, microseconds}, {0, microseconds}};
    EXPECT_EQUAL(rt::sys::call_raw(__NR_setitimer, ITIMER_REAL, &times, 0), 0);
}

} // namespace

uint64_t seen() {
    return count;
}

Ticks::Ticks(unsigned microseconds) {
    EXPECT(bool(rt::on_signal(rt::Signal::alarm, note)));
    count = 0;
    set(microseconds);
}

Ticks::~Ticks() {
    set(0);
}

} // namespace ticks
