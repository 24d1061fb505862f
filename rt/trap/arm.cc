/// The armed alternate stack. We alternate between two.
#include "rt/trap/arm.h"

#include <linux/signal.h>

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/tag.h"

namespace rt::trap {

using base::must;
using domain::alternate_stack;
using domain::AlternateStack;
using sys::Arming;

void arm_first() {
    must(sys::set_alternate_stack(alternate_stack(0, AlternateStack::first), Arming::once),
         "arming an alternate stack");
}

namespace {

/// The alternate stack that does not contain the frame at this address.
base::Region other_than(uintptr_t frame) {
    const bool is_second = frame >= alternate_stack(0, AlternateStack::second).begin();
    return alternate_stack(0, is_second ? AlternateStack::first : AlternateStack::second);
}

} // namespace

void arm_by(::sigaltstack &description, uintptr_t frame) {
    if ((static_cast<unsigned>(description.ss_flags) & SS_DISABLE) != 0) {
        sys::describe(description, other_than(frame), Arming::once);
    }
}

/// Called by the trap entry on the alternate stack that contains `frame`, which the kernel has
/// disarmed. Arms the other one, so that the next frame leaves this one alone. While a signal
/// handler of the app's runs, the handlers' alternate stack stays armed.
extern "C" void rt_trap_arm_other(uintptr_t frame) {
    if (base::slot().in_handler != 0) {
        return;
    }
    must(sys::set_alternate_stack(other_than(frame), Arming::once),
         "arming an alternate stack again");
}

} // namespace rt::trap
