/// Patching memory functions, gates and trap entry, once, at start.
#include "rt/patch/apply.h"

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/base/region.h"
#include "rt/patch/nops.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"

namespace rt::patch {

using base::must;

namespace {

POSTERN_SETTLED Applied applied_now{};

/// The whole pages of memory functions, gates and trap entry. The code that runs while they are not
/// executable, this file and the syscall function, is in .text, which is another output section.
base::Region pages() {
    return base::Region::from_raw(reinterpret_cast<uintptr_t>(__memory_start),
                                  reinterpret_cast<uintptr_t>(__space_start));
}

Applied count(Features features) {
    Applied counted{.sites = 0, .patched = 0, .features = features, .refused = false};
    uintptr_t last = 0;
    for (const Alternative &row : Table()) {
        counted.sites += row.site() != last ? 1 : 0;
        counted.patched += features.has(row.feature) ? 1 : 0;
        last = row.site();
    }
    return counted;
}

void patch(const Alternative &row) {
    fill(reinterpret_cast<uint8_t *>(row.site()), row.length,
         reinterpret_cast<const uint8_t *>(row.bytes()), row.count);
}

/// The bytes of the file are right, unless a domain has no key.
void leave_as_they_are() {
    const bool has_keys = !applied_now.features.has(Feature::no_keys);
    if (!has_keys || applied_now.features.has(Feature::apart)) {
        base::panic("a {} needs patched gates, and this program has inherited PR_SET_MDWE, which "
                    "refuses that: start it from a process without it",
                    has_keys ? "domain with an address space of its own"
                             : "run without protection keys");
    }
    applied_now.patched = 0;
    applied_now.refused = true;
}

} // namespace

void apply(Features features) {
    applied_now = count(features);
    if (applied_now.patched == 0) {
        return;
    }
    if (sys::refuses_code_gain()) {
        leave_as_they_are();
        return;
    }
    must(sys::protect(pages(), sys::Protection::read_write), "opening the gates to be patched");
    for (const Alternative &row : Table()) {
        if (features.has(row.feature)) {
            patch(row);
        }
    }
    must(sys::protect(pages(), sys::Protection::read_execute), "closing the patched gates");
}

const Applied &applied() {
    return applied_now;
}

} // namespace rt::patch
