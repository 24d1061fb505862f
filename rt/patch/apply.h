/// Patching the gates and the trap entry, once, at start.
#pragma once

#include "rt/patch/features.h"

namespace rt::patch {

/// What was done.
struct Applied {
    unsigned sites;    // places with at least one row
    unsigned patched;  // those of them that hold other bytes than the file
    Features features; //
    bool refused;      // by PR_SET_MDWE, inherited: all sites hold what the file has
};

/// Patches each site of which a feature holds. Their pages are writable for as long as that takes,
/// never executable at the same time, and read-only for ever after. Makes no system call where
/// there is nothing to patch. Where the parent has had the kernel refuse new code, nothing is
/// patched; without protection keys, that ends the program. Must come before whatever runs through
/// a gate or the trap entry.
void apply(Features features);

const Applied &applied();

} // namespace rt::patch
