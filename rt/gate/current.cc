/// Which domain's call is the innermost one, and which calls are open.
#include "rt/gate/current.h"

#include "rt/base/slot.h"
#include "rt/key/domain.h"
#include "rt/key/view.h"

namespace rt::gate {

namespace {

/// The lowest words of a gate frame, as rt/gate/enter.S pushes them.
struct Frame {
    uint64_t control_words;
    uint64_t view;      // of the caller
    const Frame *outer; // null: the caller is the monitor, and no other call is open
};

Domain owner_of(uint64_t view) {
    return key::domain_of(key::owner_of(key::Pkru::from_raw(static_cast<uint32_t>(view))));
}

} // namespace

Domain current_domain() {
    return owner_of(base::slot().view);
}

bool is_call_open(Domain domain) {
    uint64_t view = base::slot().view;
    const auto *frame = reinterpret_cast<const Frame *>(base::slot().gate_rsp);
    for (; frame != nullptr; frame = frame->outer) {
        if (owner_of(view) == domain) {
            return true;
        }
        view = frame->view;
    }
    return false;
}

} // namespace rt::gate
