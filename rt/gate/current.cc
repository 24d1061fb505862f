/// Which domain's call is the innermost one, and which calls are open.
#include "rt/gate/current.h"

#include <stddef.h>

#include "rt/base/slot.h"
#include "rt/key/domain.h"
#include "rt/key/view.h"

namespace rt::gate {

namespace {

/// The lowest words of a gate frame, as rt/gate/enter.S pushes them.
struct Frame {
    uint32_t mxcsr;
    uint16_t x87_control;
    uint16_t number;    // of the domain, if its view is virtual (rt/key/view.h)
    uint64_t view;      // of the caller
    const Frame *outer; // null: the caller is the monitor, and no other call is open
};
static_assert(offsetof(Frame, number) == 6 && offsetof(Frame, view) == 8);

const Frame *innermost() {
    return reinterpret_cast<const Frame *>(base::slot().gate_rsp);
}

/// The domain of the call with this view and this frame; without a frame there is none.
Domain owner_of(uint64_t view, const Frame *frame) {
    return frame == nullptr ? no_domain
                            : key::domain_of_call(key::Pkru::from_raw(static_cast<uint32_t>(view)),
                                                  frame->number);
}

} // namespace

Domain current_domain() {
    return owner_of(base::slot().view, innermost());
}

bool is_call_open(Domain domain) {
    uint64_t view = base::slot().view;
    for (const Frame *frame = innermost(); frame != nullptr; frame = frame->outer) {
        if (owner_of(view, frame) == domain) {
            return true;
        }
        view = frame->view;
    }
    return false;
}

} // namespace rt::gate
