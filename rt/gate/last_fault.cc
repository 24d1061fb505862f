/// The fault that ended the innermost call, on its way from the trap to the caller.
#include "rt/gate/last_fault.h"

namespace rt::gate {

namespace {

constinit base::Fault fault{};

} // namespace

base::Fault &last_fault() {
    return fault;
}

} // namespace rt::gate
