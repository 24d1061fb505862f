/// A fault as one line that a person understands.
#include "rt/trap/describe.h"

#include "rt/domain/table.h"

namespace rt::base {

namespace {

void append_place(Line &line, uint64_t address) {
    const auto place = domain::place_of(address);
    if (place.owner != nullptr) {
        line.append(place.owner).append("'s ");
    }
    line.append(place.what);
}

void append_memory(Line &line, const Fault &fault) {
    line.append(text_of(fault.kind)).append(" of ").append(Hex{fault.address}).append(" refused: ");
    if (fault.has_key) {
        line.append("key ").append(fault.key).append(", ");
    }
    append_place(line, fault.address);
}

} // namespace

void append_to(Line &line, const Fault &fault) {
    line.append(domain::name_of(fault.domain)).append(": ");
    switch (fault.kind) {
    case FaultKind::read:
    case FaultKind::write:
    case FaultKind::execute:
        append_memory(line, fault);
        break;
    case FaultKind::syscall:
        line.append("system call ").append(fault.number).append(" refused");
        break;
    case FaultKind::service:
        line.append("service ").append(fault.number).append(" refused: no such service for it");
        return; // no instruction is to blame
    case FaultKind::crossing:
        line.append("crossing ").append(fault.number).append(" refused: no such crossing for it");
        return; // as above
    case FaultKind::depth:
        line.append("request ")
            .append(fault.number)
            .append(" refused: calls are nested too deeply");
        return; // as above
    case FaultKind::deadline:
        line.append("cut at the end of its time");
        if (fault.signal == 0) {
            line.append(", in a request of its own");
            return; // as above
        }
        break;
    case FaultKind::alignment:
        line.append("bus error on ").append(Hex{fault.address});
        break;
    case FaultKind::divide:
    case FaultKind::illegal:
    case FaultKind::protection:
    case FaultKind::breakpoint:
    case FaultKind::gate:
        line.append(text_of(fault.kind));
        break;
    }
    line.append(", at ").append(Hex{fault.registers.rip});
}

} // namespace rt::base
