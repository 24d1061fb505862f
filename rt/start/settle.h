/// The guarantees of this run: found, reported where asked, required where the app says so.
#pragma once

#include "rt/key/processor.h"
#include "rt/seal/leftovers.h"
#include "rt/start/arguments.h"

namespace rt::start {

/// Takes system calls away from domains, after which all guarantees are known. With
/// POSTERN_REPORT=1 prints them on standard error (rt/start/README.md). Ends a program that
/// requires all of them in full (postern_add_app's REQUIRES_ALL_GUARANTEES) with one line where one
/// is weaker.
void settle_guarantees(const Arguments &arguments, const key::Processor &processor,
                       seal::Vdso vdso);

} // namespace rt::start
