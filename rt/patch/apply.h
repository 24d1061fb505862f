/// Patching memory functions, gates and trap entry, once, at start.
#pragma once

#include "rt/patch/features.h"

namespace rt::patch {

/// The outcome of the patching.
struct Applied {
    unsigned sites;    // places with at least one row
    unsigned patched;  // sites whose bytes differ from the file
    Features features; //
    bool refused;      // by PR_SET_MDWE, inherited: all sites hold what the file has
};

/// Patches each site of which a feature holds. For that time its pages are writable and not
/// executable; afterwards they are read-only for good. Makes no system call if there is nothing to
/// patch. If the parent has had the kernel refuse new code, nothing is patched; without protection
/// keys, and for a domain with an address space of its own, that ends the program. Must come before any code that runs through a gate or the trap
/// entry.
void apply(Features features);

const Applied &applied();

} // namespace rt::patch
