/// Going on in a domain behind a system call of its own that was answered.
#pragma once

#include "rt/base/fault.h"
#include "rt/trap/frame.h"

namespace rt::trap {

/// Answers the system call that the frame tells of, if the domain's table has a row for it, and
/// goes on in the domain: then it does not come back. It comes back where the call is refused: by
/// default, and for every way into the kernel but the 64-bit `syscall` of the image's own text.
/// Where the domain's time has passed meanwhile, `fault` becomes Fault{deadline}.
/// `frame`: the private copy, with its XSAVE area. `state`: what the state word said while the
/// domain was running.
void answer_call(Frame &frame, base::Fault &fault, uint64_t state);

} // namespace rt::trap
