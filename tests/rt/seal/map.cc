/// After start every mapping of the image refuses every change, guards included: asked of the
/// kernel mapping by mapping, not of the table by which they were sealed.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "linker/symbols.h"
#include "rt/domain/alias.h"
#include "rt/sys/call.h"
#include "tests/rt/seal/sealed.h"

namespace {

using rt::sys::call_raw;
using sealed::expect_everywhere;
using smaps::Mapping;

constexpr long refused = -1; // EPERM
constexpr long read_write = PROT_READ | PROT_WRITE;
constexpr long over = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;

long bytes_of(const Mapping &mapping) {
    return static_cast<long>(mapping.end - mapping.begin);
}

long protection_of(const Mapping &mapping) {
    return (mapping.permissions[0] == 'r' ? PROT_READ : 0) |
           (mapping.permissions[1] == 'w' ? PROT_WRITE : 0) |
           (mapping.permissions[2] == 'x' ? PROT_EXEC : 0);
}

long remap(const Mapping &mapping, long old_bytes, long bytes, long flags, long target = 0) {
    return call_raw(__NR_mremap, mapping.begin, old_bytes, bytes, flags, target);
}

/// Where nothing is mapped, below the image.
constexpr long elsewhere = POSTERN_BASE / 2;

/// A page of its own at `elsewhere`, for those who would put it over something.
void map_elsewhere() {
    call_raw(__NR_mmap, elsewhere, POSTERN_PAGE, read_write, over, -1);
}

bool is_shared(const Mapping &mapping) {
    return mapping.permissions[3] == 's';
}

} // namespace

// The adjacent ranges have no hole into which something could be mapped.
POSTERN_TEST("run.seal.no_hole_in_the_regions", SHOWS(map_is_sealed)) {
    uint64_t next = reinterpret_cast<uint64_t>(__regions_start);
    size_t guards = 0;
    for (const Mapping &mapping : smaps::read()) {
        if (mapping.begin == next) {
            next = mapping.end;
            guards += mapping.allows("---p");
        }
    }
    EXPECT_EQUAL(next, reinterpret_cast<uint64_t>(__regions_end));
    // Between alice's, bob's, the shared one's and the monitor's regions; with address spaces, domains'
    // own regions are closed like the guards between them.
    EXPECT(guards > (harness::in_spaces() ? 0 : 8));
}

// The seals as the kernel shows them; other cases test that it keeps them.
POSTERN_TEST("run.seal.the_kernel_shows_every_seal", SHOWS(map_is_sealed)) {
    if (sealed::skip_without_mseal()) {
        return;
    }
    size_t ours = 0;
    for (const Mapping &mapping : smaps::read()) {
        ours += sealed::is_ours(mapping);
        if (!EXPECT(mapping.sealed == sealed::is_ours(mapping) ||
                    mapping.begin == sealed::prepared_sealed().begin())) {
            rt::log("  {}-{} {}", rt::Hex{mapping.begin}, rt::Hex{mapping.end}, mapping.permissions);
        }
    }
    EXPECT(ours > 10);
}

// The same protection again, which an open map would grant and which changes nothing.
POSTERN_TEST("run.seal.every_mapping_refuses_mprotect", SHOWS(map_is_sealed)) {
    if (!sealed::skip_without_mseal()) {
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_mprotect, mapping.begin, bytes_of(mapping),
                                protection_of(mapping));
            },
            refused);
    }
}

POSTERN_TEST("run.seal.every_mapping_refuses_pkey_mprotect", SHOWS(map_is_sealed),
             NEEDS_KEYS("gives mappings keys")) {
    if (!sealed::skip_without_mseal()) {
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_pkey_mprotect, mapping.begin, bytes_of(mapping),
                                protection_of(mapping), mapping.key);
            },
            refused);
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_pkey_mprotect, mapping.begin, POSTERN_PAGE, read_write,
                                static_cast<long>(Domain::alice));
            },
            refused);
    }
}

POSTERN_TEST("run.seal.every_mapping_refuses_munmap", SHOWS(map_is_sealed), TRIES(attack_17)) {
    if (!sealed::skip_without_mseal()) {
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_munmap, mapping.begin, bytes_of(mapping));
            },
            refused);
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_munmap, mapping.end - POSTERN_PAGE, POSTERN_PAGE);
            },
            refused);
    }
}

// Regions and the addresses between them.
POSTERN_TEST("deny.seal.where_the_monitor_sees_domains", SHOWS(aliases_are_sealed)) {
    if (!rt::domain::is_any_apart()) {
        return harness::skip("needs an address space for each domain");
    }
    if (!sealed::skip_without_mseal()) {
        const auto is_seen = [](const Mapping &mapping) {
            return rt::domain::own(mapping.begin) != mapping.begin;
        };
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_munmap, mapping.begin, bytes_of(mapping));
            },
            refused, is_seen);
    }
}

POSTERN_TEST("run.seal.every_mapping_refuses_a_mapping_over_it", SHOWS(map_is_sealed),
             TRIES(attack_17)) {
    if (!sealed::skip_without_mseal()) {
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_mmap, mapping.begin, bytes_of(mapping), read_write, over, -1);
            },
            refused);
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_mmap, mapping.begin, POSTERN_PAGE, PROT_NONE, over, -1);
            },
            refused);
    }
}

POSTERN_TEST("run.seal.every_mapping_refuses_mremap", SHOWS(map_is_sealed)) {
    if (sealed::skip_without_mseal()) {
        return;
    }
    expect_everywhere(
        [](const Mapping &mapping) {
            return remap(mapping, bytes_of(mapping), bytes_of(mapping),
                         MREMAP_MAYMOVE | MREMAP_FIXED, elsewhere);
        },
        refused);
    expect_everywhere(
        [](const Mapping &mapping) { // grow
            return remap(mapping, bytes_of(mapping), 2 * bytes_of(mapping), MREMAP_MAYMOVE);
        },
        refused);
    expect_everywhere(
        [](const Mapping &mapping) { // shrink
            return remap(mapping, bytes_of(mapping), POSTERN_PAGE, 0);
        },
        refused, [](const Mapping &mapping) { return bytes_of(mapping) > POSTERN_PAGE; });
    expect_everywhere(
        [](const Mapping &mapping) { // onto it
            map_elsewhere();
            return call_raw(__NR_mremap, elsewhere, POSTERN_PAGE, POSTERN_PAGE,
                            MREMAP_MAYMOVE | MREMAP_FIXED, mapping.begin);
        },
        refused);
}

// An old size of zero makes a second mapping of shared memory, with a key that is easier to have.
POSTERN_TEST("run.seal.shared_memory_cannot_be_mapped_twice", SHOWS(map_is_sealed),
             TRIES(attack_16)) {
    if (!sealed::skip_without_mseal()) {
        expect_everywhere(
            [](const Mapping &mapping) {
                return remap(mapping, 0, bytes_of(mapping), MREMAP_MAYMOVE);
            },
            refused, is_shared);
        expect_everywhere(
            [](const Mapping &mapping) {
                return call_raw(__NR_remap_file_pages, mapping.begin, POSTERN_PAGE, 0, 0, 0);
            },
            refused, is_shared);
    }
}

POSTERN_TEST("run.seal.no_segment_can_be_attached_over_it", SHOWS(map_is_sealed)) {
    if (!sealed::skip_without_mseal()) {
        expect_everywhere(
            [](const Mapping &mapping) {
                constexpr long remap_over = 040000, remove = 0; // SHM_REMAP, IPC_RMID
                const long segment = call_raw(__NR_shmget, 0, POSTERN_PAGE, 0600);
                const long answer = call_raw(__NR_shmat, segment, mapping.begin, remap_over);
                return call_raw(__NR_shmctl, segment, remove, 0) == 0 ? answer : segment;
            },
            refused);
    }
}

POSTERN_TEST("run.seal.what_the_app_maps_is_the_apps_choice", SHOWS(app_seals_whole_regions)) {
    const auto protect = [](rt::base::Region region) {
        return call_raw(__NR_mprotect, region.begin(), region.bytes(), read_write);
    };
    EXPECT_EQUAL(protect(sealed::prepared_open()), 0);
    const bool sealing = rt::guarantees().map == rt::seal::Provider::mseal;
    EXPECT_EQUAL(protect(sealed::prepared_sealed()), sealing ? refused : 0);
}
