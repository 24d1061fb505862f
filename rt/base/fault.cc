/// Fault kinds as a person reads them.
#include "rt/base/fault.h"

namespace rt::base {

const char *text_of(FaultKind kind) {
    switch (kind) {
    case FaultKind::read:
        return "read";
    case FaultKind::write:
        return "write";
    case FaultKind::execute:
        return "execution";
    case FaultKind::alignment:
        return "bus error";
    case FaultKind::divide:
        return "division by zero or overflow";
    case FaultKind::illegal:
        return "illegal instruction";
    case FaultKind::protection:
        return "privileged instruction or non-canonical address";
    case FaultKind::breakpoint:
        return "breakpoint or single step";
    case FaultKind::syscall:
        return "system call";
    case FaultKind::service:
        return "service";
    case FaultKind::cross_call:
        return "cross call";
    case FaultKind::nesting:
        return "calls nested too deeply";
    case FaultKind::gate:
        return "jump into a gate";
    case FaultKind::deadline:
        return "deadline";
    case FaultKind::resting:
        return "domain at rest";
    case FaultKind::gone:
        return "domain gone";
    case FaultKind::absent:
        return "call of a function that the domain does not have";
    case FaultKind::overrun:
        return "overrun of a buffer";
    case FaultKind::ended:
        return "end by itself";
    case FaultKind::assertion:
        return "failed assertion";
    }
    return "unknown fault";
}

} // namespace rt::base
