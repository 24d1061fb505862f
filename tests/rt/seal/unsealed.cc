/// An image for tests that says UNSEALED: its map stays open, and the report says so.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/sys/call.h"
#include "tests/rt/seal/sealed.h"

namespace {

using rt::sys::call_raw;
using smaps::Mapping;

} // namespace

POSTERN_TEST("run.unsealed.every_mapping_can_be_changed", SHOWS(map_is_sealed)) {
    EXPECT(rt::guarantees().map == rt::seal::Provider::nobody);
    sealed::expect_everywhere(
        [](const Mapping &mapping) {
            const long protection = (mapping.permissions[0] == 'r' ? PROT_READ : 0) |
                                    (mapping.permissions[1] == 'w' ? PROT_WRITE : 0) |
                                    (mapping.permissions[2] == 'x' ? PROT_EXEC : 0);
            return call_raw(__NR_pkey_mprotect, mapping.begin, mapping.end - mapping.begin,
                            protection, rt::key::has_keys() ? static_cast<long>(mapping.key) : -1);
        },
        0);
    sealed::expect_everywhere(
        [](const Mapping &mapping) {
            return call_raw(__NR_munmap, mapping.begin, mapping.end - mapping.begin);
        },
        0, [](const Mapping &mapping) { return mapping.allows("---p"); });
}
