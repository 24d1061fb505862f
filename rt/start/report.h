/// The start-up report.
#pragma once

#include "rt/start/arguments.h"
#include "rt/start/guarantees.h"

namespace rt::start {

/// Whether POSTERN_REPORT is 1.
bool is_report_wanted(const Arguments &arguments);

/// Prints processor, kernel and guarantees on standard error, as rt/start/README.md says.
void report(const GuaranteeTable &table, const Guarantees &here);

} // namespace rt::start
