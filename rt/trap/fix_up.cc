/// Faults of the monitor's that are expected: accesses with an entry in the exception table.
#include "rt/trap/fix_up.h"

#include "rt/base/slot.h"
#include "rt/domain/alias.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/sys/signal.h"
#include "rt/uaccess/exception_table.h"
#include "rt/uaccess/switch.h"

/// rt/trap/fix_up.S.
extern "C" [[noreturn]] void rt_trap_fix_up(const rt::base::Registers *registers, uint64_t to,
                                            const void *fpstate, uint64_t wiped_bytes,
                                            uintptr_t wiped);

namespace rt::trap {

namespace {

bool is_memory_fault(const base::Fault &fault) {
    const auto signal = static_cast<sys::Signal>(fault.signal);
    return signal == sys::Signal::memory || signal == sys::Signal::bus;
}

/// Whether the access was made in the open window, and in the memory of the domain that it opens.
/// Without keys there is no PKRU to compare, and the slot's word alone says which window is open.
bool is_in_window(const base::Fault &fault) {
    const uint32_t view = base::window_view();
    if (view == 0 || (key::has_keys() && view != fault.pkru)) {
        return false;
    }
    const Domain domain = uaccess::detail::domain_of_window(base::slot().window);
    return domain != no_domain &&
           domain::owns(domain, fault.address - domain::seen(domain, uintptr_t{0}), 1);
}

} // namespace

uint64_t fixup_of(const base::Fault &fault) {
    return is_memory_fault(fault) && is_in_window(fault) ? uaccess::fixup_of(fault.registers.rip)
                                                         : 0;
}

void fix_up(const Frame &frame, uint64_t to) {
    const base::Registers registers = registers_of(frame);
    uint8_t control_words[32]; // the beginning of the frame's x87 and SSE image has them all
    __builtin_memcpy(control_words, frame.context.uc_mcontext.fpstate, sizeof control_words);
    base::slot().window = 0;
    const base::Region wiped = stack_to_wipe(frame);
    rt_trap_fix_up(&registers, to, control_words, wiped.bytes(), wiped.begin());
}

} // namespace rt::trap
