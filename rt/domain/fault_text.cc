/// A fault as one line that a person understands. It is in this folder because it names regions.
#include "rt/domain/fault_text.h"

#include "rt/base/panic.h"
#include "rt/domain/alias.h"
#include "rt/domain/table.h"

namespace rt::domain {

void append_overflow(base::Line &line, const linker::RegionRecord &stack) {
    line.format("{}'s stack overflowed ({} KiB; {})", name_of(stack),
                (stack.end - stack.begin) / 1024,
                stack.kind == linker::Kind::monitor_stack
                    ? "POSTERN_MONITOR_STACK in linker/layout.h"
                    : "STACK in postern_add_app");
}

const char *constant_text(uint64_t address) {
    constexpr uint64_t longest = 200;
    const auto begin = reinterpret_cast<uint64_t>(__rodata_start);
    const auto size = static_cast<uint64_t>(__rodata_end - __rodata_start);
    for (uint64_t bytes = 0; bytes < longest && address + bytes - begin < size; ++bytes) {
        const char byte = reinterpret_cast<const char *>(address)[bytes];
        if (byte == '\0') {
            return bytes == 0 ? nullptr : reinterpret_cast<const char *>(address);
        }
        if (byte < ' ' || byte > '~') {
            return nullptr;
        }
    }
    return nullptr;
}

} // namespace rt::domain

namespace rt::base {

namespace {

void append_place(Line &line, uint64_t address) {
    const uintptr_t own = domain::own(address);
    const auto place = domain::place_of(own);
    if (place.owner != nullptr) {
        line.append(place.owner).append("'s ");
    }
    line.append(place.what);
    if (own != address) {
        line.append(", as the monitor sees it");
    }
}

/// Where other domains have keys, a fault says so of a domain that has none.
void append_domain(Line &line, Domain domain) {
    line.append(domain::name_of(domain));
    if (key::has_keys() && key::is_apart(domain)) {
        line.append(" (in a process of its own)");
    }
    line.append(": ");
}

void append_memory(Line &line, const Fault &fault) {
    line.append(text_of(fault.kind)).append(" of ").append(Hex{fault.address}).append(" refused: ");
    if (fault.is_stack_overflow()) {
        domain::append_overflow(line, *domain::stack_above_guard(fault.address));
        return;
    }
    if (fault.has_key) {
        line.append("key ").append(fault.key).append(", ");
    }
    const Region own = domain::stack_of(fault.domain);
    if (fault.address >= own.end() && fault.address - own.end() < POSTERN_STACK_GUARD) {
        line.append("guard above ").append(domain::name_of(fault.domain)).append("'s stack");
    } else {
        append_place(line, fault.address);
    }
}

/// Calls of __assert_fail pass the expression, the file and the line.
void append_assertion(Line &line, const Fault &fault) {
    line.append("assertion failed: ").append(fault.reason());
    if (const char *file = domain::constant_text(fault.registers.rsi)) {
        const auto number = static_cast<uint32_t>(fault.registers.rdx);
        line.append(" (").append(file).append(':').append(number).append(')');
    }
}

} // namespace

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
    case FaultKind::died:
        return "end of its process";
    case FaultKind::forged:
        return "answer that makes no sense";
    }
    return "unknown fault";
}

bool Fault::is_stack_overflow() const {
    const bool is_access = kind == FaultKind::read || kind == FaultKind::write;
    const auto *stack = is_access ? domain::stack_above_guard(address) : nullptr;
    return stack != nullptr && stack->number == key::number_of(domain);
}

void append_to(Line &line, const Fault &fault) {
    append_domain(line, fault.domain);
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
        line.append("service ")
            .append(fault.number)
            .append(" refused: no such service for this domain");
        return; // no instruction is to blame
    case FaultKind::cross_call:
        line.append("cross call ")
            .append(fault.number)
            .append(" refused: no such cross call for this domain");
        return; // as above
    case FaultKind::nesting:
        line.append("request ")
            .append(fault.number)
            .append(" refused: calls are nested too deeply");
        return; // as above
    case FaultKind::deadline:
        line.append("cut at its deadline");
        if (fault.signal == 0) {
            line.append(", while the monitor served its request");
            return; // as above
        }
        if (fault.registers.rip == 0) {
            line.append(", with its process, which did not stop");
            return; // it has not said where
        }
        break;
    case FaultKind::resting:
        line.append("not run: it rests, because it faults too often");
        return; // as above
    case FaultKind::gone:
        line.append("not run: it is given up, or a restart of it has failed");
        return; // as above
    case FaultKind::died:
        if (fault.number == 0) {
            line.append("its process has ended");
        } else {
            line.append("no process can be made for it: ").append(static_cast<Errno>(fault.number));
        }
        return; // as above
    case FaultKind::forged:
        line.append("its process has said what no domain can have done");
        return; // as above
    case FaultKind::alignment:
        line.append("bus error on ").append(Hex{fault.address});
        break;
    case FaultKind::absent:
    case FaultKind::overrun:
    case FaultKind::ended:
        line.append(fault.reason());
        break;
    case FaultKind::assertion:
        append_assertion(line, fault);
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

[[gnu::cold]] void refuse_value(const Fault &fault) {
    // The return address is after the call, and may be another function's.
    const auto caller = reinterpret_cast<uint64_t>(__builtin_return_address(0)) - 1;
    panic("{}; the value of this call was asked for at {}", fault, Hex{caller});
}

} // namespace rt::base
