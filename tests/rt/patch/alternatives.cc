/// The text that runs: each site as the features say, every other byte as the file has it, and
/// nothing writable any more.
#include "rt/base/slot.h"
#include "rt/domain/alias.h"
#include "rt/key/cpuid.h"
#include "rt/patch/alternative.h"
#include "rt/patch/apply.h"
#include "rt/patch/nops.h"
#include "tests/harness/harness.h"
#include "tests/rt/domain/smaps.h"
#include "tests/rt/patch/file_text.h"

namespace {

using rt::patch::Alternative;
using rt::patch::Feature;

constexpr unsigned longest_site = 255;

bool has_fsrm() {
    return (rt::key::cpuid(7).edx >> 4 & 1) != 0;
}

/// Of the processor, and with AVX switched on by the kernel.
bool has_avx2() {
    return (rt::key::cpuid(7).ebx >> 5 & 1) != 0 && rt::base::slot().wipe_level != RT_WIPE_SSE;
}

/// Whether a feature is there, found by other ways than start-up's: the request, the depth of the
/// unpatched wipe, and CPUID. [sdm-2 CPUID leaf 07H]
bool holds(Feature feature) {
    const uint64_t depth = rt::base::slot().wipe_level;
    switch (feature) {
    case Feature::no_keys:
        return harness::arguments().environment("POSTERN_ISOLATION") != nullptr;
    case Feature::spaces:
        return rt::key::isolation() == rt::key::Isolation::spaces;
    case Feature::apart:
        return rt::domain::is_any_apart();
    case Feature::wipe_sse:
        return depth == RT_WIPE_SSE;
    case Feature::wipe_avx:
        return depth == RT_WIPE_AVX;
    case Feature::wipe_avx512:
        return depth == RT_WIPE_AVX512;
    case Feature::fsrm:
        return has_fsrm();
    case Feature::avx2:
        return has_avx2();
    case Feature::avx512:
        return has_avx2() && has_fsrm() && depth == RT_WIPE_AVX512;
    }
    return false;
}

/// The row by which the site at `address` must have been patched, or null.
const Alternative *expected_at(uintptr_t address) {
    for (const Alternative &row : rt::patch::Table()) {
        if (row.site() == address && holds(row.feature)) {
            return &row;
        }
    }
    return nullptr;
}

/// Whether memory from the row's site on is what `wanted` holds; says where not.
bool same_as(const Alternative &row, const uint8_t *wanted) {
    const auto *seen = reinterpret_cast<const uint8_t *>(row.site());
    for (unsigned i = 0; i < row.length; ++i) {
        if (seen[i] != wanted[i]) {
            rt::log("  byte {} of the site at {} is {}, wanted {}", i, rt::Hex{row.site()},
                    rt::Hex{seen[i]}, rt::Hex{wanted[i]});
            return false;
        }
    }
    return true;
}

bool is_in_a_patched_site(uintptr_t address) {
    for (const Alternative &row : rt::patch::Table()) {
        if (holds(row.feature) && address >= row.site() && address < row.site() + row.length) {
            return true;
        }
    }
    return false;
}

constinit uintptr_t written = 0;

void write_there() {
    *reinterpret_cast<volatile uint8_t *>(written) = 0x90;
}
void read_there() {
    static_cast<void>(*reinterpret_cast<volatile uint8_t *>(written));
}

void deny_write(const void *address, const char *place) {
    written = reinterpret_cast<uintptr_t>(address);
    EXPECT_EQUAL(harness::in_child(read_there).exit_status, 0);
    const auto end = harness::in_child(write_there);
    rt::Line wanted;
    wanted.format("postern: the monitor itself: write of {} ({}) at ", rt::Hex{written}, place);
    wanted.append('\0');
    EXPECT_EQUAL(end.exit_status, 70);
    if (!EXPECT(end.says(wanted.text()))) {
        rt::log("seen: {}", end.text);
    }
}

uint64_t nothing() {
    return 1;
}
uint64_t fault() {
    return *reinterpret_cast<volatile uint64_t *>(uintptr_t{0});
}
constexpr rt::Entry<Domain::alice, nothing> nothing_entry;
constexpr rt::Entry<Domain::alice, fault> fault_entry;

} // namespace

POSTERN_TEST("run.alternatives.every_site_holds_what_the_features_say",
             SHOWS(alternatives_match_features)) {
    FileText file;
    unsigned sites = 0;
    unsigned patched = 0;
    uintptr_t last = 0;
    for (const Alternative &row : rt::patch::Table()) {
        uint8_t wanted[longest_site];
        for (unsigned i = 0; i < row.length; ++i) {
            wanted[i] = file.at(row.site() + i);
        }
        const Alternative *due = expected_at(row.site());
        if (due != nullptr) {
            rt::patch::fill(wanted, row.length, reinterpret_cast<const uint8_t *>(due->bytes()),
                            due->count);
        }
        EXPECT(same_as(row, wanted));
        const bool first = row.site() != last;
        sites += first ? 1 : 0;
        patched += first && due != nullptr ? 1 : 0;
        last = row.site();
    }
    EXPECT(sites > 0 && patched > 0); // the depth of the wipe is always known
    EXPECT_EQUAL(rt::patch::applied().sites, sites);
    EXPECT_EQUAL(rt::patch::applied().patched, patched);
}

POSTERN_TEST("run.alternatives.nothing_else_differs_from_the_file",
             SHOWS(alternatives_match_features)) {
    FileText file;
    uint64_t differing = 0;
    for (const char *at = __text_start; at != __text_end; ++at) {
        const auto address = reinterpret_cast<uintptr_t>(at);
        if (static_cast<uint8_t>(*at) != file.at(address)) {
            ++differing;
            if (!EXPECT(is_in_a_patched_site(address))) {
                rt::log("  at {}", rt::Hex{address});
            }
        }
    }
    EXPECT(differing > 0); // or the file was not what runs
}

POSTERN_TEST("run.alternatives.text_is_never_writable_again", SHOWS(text_is_never_writable),
             TRIES(attack_81)) {
    EXPECT(rt::call<Domain::alice>(nothing_entry).value_or(0) == 1);
    EXPECT(!rt::call<Domain::alice>(fault_entry));
    const auto begin = reinterpret_cast<uintptr_t>(__text_start);
    const auto end = reinterpret_cast<uintptr_t>(__text_end);
    const auto constants = reinterpret_cast<uintptr_t>(__pristine_end);
    uintptr_t executable = 0;
    for (const auto &mapping : smaps::read()) {
        const bool writes = mapping.permissions[1] == 'w';
        const bool executes = mapping.permissions[2] == 'x';
        EXPECT(!(writes && executes));
        if (mapping.begin >= begin && mapping.begin < constants) {
            EXPECT(!writes);
            executable += executes ? mapping.end - mapping.begin : 0;
            EXPECT(!executes || mapping.end <= end);
        }
    }
    EXPECT_EQUAL(executable, end - begin);
}

POSTERN_TEST("deny.alternatives.the_monitor_cannot_write_text", SHOWS(text_is_never_writable)) {
    const auto *site = reinterpret_cast<const void *>(rt::patch::Table().begin()->site());
    deny_write(site, "text"); // of a memory function
    deny_write(__gate_start, "gates");
    deny_write(__trap_start, "trap entry");
    deny_write(__text_start, "text");
    deny_write(__space_start - 1, "text"); // padding after the trap entry, in a page that was patched
}
