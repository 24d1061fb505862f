/// Random numbers of the kernel's.
#include "rt/sys/random.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

Result<Done> fill_with_random(void *bytes, size_t count) {
    for (;;) {
        const auto filled = result_of<size_t>(call_raw(__NR_getrandom, bytes, count, 0));
        if (filled && filled.value() == count) {
            return Done{};
        }
        if (!filled && filled.error() != base::Errno::interrupted) {
            return filled.error();
        }
    }
}

} // namespace rt::sys
