/// The audit at start.
#pragma once

#include "rt/start/arguments.h"

namespace rt::start {

/// With POSTERN_AUDIT=1 compares every mapping with the tables (rt/domain/audit.h) and says that
/// all is as they say; a deviation is a line each, and the program ends with status 70.
void audit_where_wanted(const Arguments &arguments);

} // namespace rt::start
