/// Going on in a domain after a system call of its own that was answered.
#pragma once

#include "rt/base/fault.h"
#include "rt/trap/frame.h"

namespace rt::trap {

/// Whether the image's own text executed `syscall` as a 64-bit program. Other signals show another
/// architecture, another place (the vsyscall page), or a sender that is no instruction. A domain
/// that jumps to one of the runtime's own two is not answered, so that each word that it shows the
/// filter there costs it a fault.
bool is_answerable(const Frame &frame, const base::Fault &fault);

/// Answers the system call of the frame if the domain's table has a row for it, and goes on in the
/// domain: then it does not return. It returns if the call is refused: by default, and for every
/// way into the kernel except the 64-bit `syscall` of the image's own text. If the domain's time
/// has passed meanwhile, `fault` becomes Fault{deadline}. `frame` is the private copy, with its
/// XSAVE area. `state` is the state word while the domain was running.
void answer_call(Frame &frame, base::Fault &fault, uint64_t state);

} // namespace rt::trap
