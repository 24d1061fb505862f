/// From a bare process to one whose monitor can run: regions reserved, monitor data in place,
/// arguments copied, gs set. Runs on the kernel's stack; no global variable exists before
/// `place_monitor`.
#include <asm/prctl.h>
#include <asm/unistd.h>

#include "crt/arguments.h"
#include "crt/handoff.h"
#include "crt/regions.h"
#include "crt/system.h"
#include "linker/symbols.h"

namespace crt {

namespace {

POSTERN_SETTLED Handoff handoff{};

/// gs of the first thread: its slot in the arena.
void set_gs() {
    const long base = reinterpret_cast<long>(__arena_start) + POSTERN_SLOT_GS;
    must(rt_sys_call_early(ARCH_SET_GS, base, 0, 0, 0, 0, __NR_arch_prctl),
         "pointing gs at the thread slot");
}

} // namespace

} // namespace crt

/// Called by crt_start with the initial stack pointer; returns what rt_start gets.
extern "C" crt::Handoff *crt_begin(const uint64_t *initial_stack) {
    crt::reserve_regions();
    crt::place_monitor();
    crt::set_gs();
    crt::copy_arguments(initial_stack, crt::handoff);
    return &crt::handoff;
}
