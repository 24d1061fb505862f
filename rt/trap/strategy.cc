/// The key of the alternate stacks, and why.
#include "rt/trap/strategy.h"

#include <asm/unistd.h>

#include "crt/memory.h"
#include "linker/symbols.h"
#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/domain/tag.h"
#include "rt/key/isolation.h"
#include "rt/key/view.h"
#include "rt/sys/call.h"
#include "rt/sys/signal.h"

/// rt/trap/probe.S.
extern "C" int rt_trap_probe(long process, long thread, long signal);
extern "C" const char rt_trap_probe_entry[];

namespace rt::trap {

using base::must;
using sys::Signal;

namespace {

POSTERN_SETTLED FrameStrategy strategy = FrameStrategy::monitor_key;

FrameStrategy probe() {
    domain::tag_alternate_stacks(key::frame_key); // closed in the present view
    must(sys::set_alternate_stack(domain::alternate_stack(0, domain::AlternateStack::first),
                                  sys::Arming::always),
         "setting the alternate stack");
    must(sys::set_handler(Signal::user1, rt_trap_probe_entry,
                          {.on_alternate_stack = true, .nestable = true, .mask = {}}),
         "setting the probe's handler");
    must(sys::set_handler(Signal::memory, rt_trap_probe_entry,
                          {.on_alternate_stack = false, .nestable = true, .mask = {}}),
         "setting the probe's second handler");
    const int delivered = rt_trap_probe(sys::call_raw(__NR_getpid), sys::call_raw(__NR_gettid),
                                        static_cast<long>(Signal::user1));
    must(sys::set_default(Signal::user1), "taking back the probe's handler");
    return delivered == static_cast<int>(Signal::user1) ? FrameStrategy::monitor_key
                                                        : FrameStrategy::frame_key;
}

bool forced(const crt::Handoff &handoff) {
    static const char frame_key[] = "frame_key";
    const char *wanted = handoff.environment_value("POSTERN_FRAME");
    return __option_frame_forcible == 1 && wanted != nullptr &&
           crt_memcmp(wanted, frame_key, sizeof frame_key) == 0;
}

} // namespace

FrameStrategy choose_frame_strategy(const crt::Handoff &handoff) {
    // Without keys no view closes a stack to the kernel.
    if (key::has_keys()) {
        strategy = probe();
    }
    if (forced(handoff)) {
        strategy = FrameStrategy::frame_key;
    }
    domain::tag_alternate_stacks(strategy == FrameStrategy::monitor_key ? key::monitor_key
                                                                        : key::frame_key);
    return strategy;
}

FrameStrategy frame_strategy() {
    return strategy;
}

} // namespace rt::trap
