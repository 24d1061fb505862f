/// The signer, interrupted by a timer each 10 microseconds; says at its end how often.
#include <asm/unistd.h>
#include <linux/time.h>

#include "apps/signer/key.h"
#include "apps/signer/serve.h"
#include "rt/sys/call.h"

namespace {

volatile uint64_t signals = 0;

void note(rt::Signal) {
    signals = signals + 1;
}

void set_timer(long microseconds) {
    const __kernel_old_itimerval times{{0, microseconds}, {0, microseconds}};
    rt::sys::call_raw(__NR_setitimer, ITIMER_REAL, &times, 0);
}

} // namespace

rt::Exit main(rt::Arguments arguments) {
    if (!rt::on_signal(rt::Signal::alarm, note) || !signer::load_key(arguments[2])) {
        return rt::Exit::usage;
    }
    set_timer(10);
    const rt::Exit end = signer::serve(false);
    set_timer(0);
    rt::log("{} signals", uint64_t{signals});
    return end;
}
