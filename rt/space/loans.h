/// The copies of data domains that borrowers in children work on.
#pragma once

#include "linker/symbols.h"
#include "rt/base/fault.h"
#include "rt/base/region.h"
#include "rt/sys/file.h"

namespace rt::space {

/// Makes the file of copies and maps it, once at start; does nothing in an app without data domains.
void make_loans();

/// That file; -1 without data domains.
sys::Descriptor loans_file();

/// Where the monitor has the copy of data domain `record` that `borrower` works on, and where it is
/// in the file.
base::Region loan_of(Domain borrower, const linker::RegionRecord &record);
uint64_t loan_in_file(Domain borrower, const linker::RegionRecord &record);

} // namespace rt::space
