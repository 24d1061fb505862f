/// Which domain's call is the innermost one.
#include "rt/gate/current.h"

#include "rt/base/slot.h"
#include "rt/key/domain.h"
#include "rt/key/view.h"

namespace rt::gate {

Domain current_domain() {
    const auto view = key::Pkru::from_raw(static_cast<uint32_t>(base::slot().view));
    return key::domain_of(key::owner_of(view));
}

} // namespace rt::gate
