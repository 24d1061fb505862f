/// bob: inline functions of a header, and a secret.
#include "tests/attack/names/inline.h"
#include "tests/attack/names/names.h"

namespace {

volatile uint64_t hidden = names::kept;

} // namespace

uint64_t bob::work(uint64_t value) {
    return names::both(names::mix(value));
}

uint64_t bob::secret() {
    return hidden;
}
