/// The fault that ended the innermost call, on its way from the trap to the caller.
#include "rt/gate/last_fault.h"

#include "rt/base/slot.h"

namespace rt::gate {

static_assert(sizeof(base::Fault) <= POSTERN_SLOT_HANDLER_END - POSTERN_SLOT_FAULT);

base::Fault &last_fault() {
    const uintptr_t slot = reinterpret_cast<uintptr_t>(&base::slot()) - POSTERN_SLOT_GS;
    return *reinterpret_cast<base::Fault *>(slot + POSTERN_SLOT_FAULT);
}

} // namespace rt::gate
