/// ticker: a service that ticks as often as its argument says, then fails, so that init restarts
/// it.
#include "rt/rt.h"

rt::Exit main(rt::Arguments arguments) {
    rt::log("ticker: asked for {}", arguments.count() > 1 ? arguments[1] : "nothing");
    for (int tick = 1; tick <= 3; ++tick) {
        rt::log("ticker: {}", tick);
        rt::sys::sleep(50'000'000);
    }
    return rt::Exit::failure;
}
