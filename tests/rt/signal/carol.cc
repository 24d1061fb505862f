/// The code of carol, who is trusted: her own source, in an archive.
#include "rt/rt.h"

#include "tests/rt/signal/work.h"

namespace work {

uint64_t in_carol(uint64_t a) {
    return a + serve_double(a) + carol_to_bob(a).value_or(0);
}

} // namespace work
