/// One table, kernel by kind of test: passed/failed/skipped, and the reasons below it.
#pragma once

#include <string>
#include <vector>

#include "tests/tree/ctest_log.h"

namespace tree {

/// The lines of the table. Every row counts the same cases: those of all tests that go to any
/// kernel.
std::vector<std::string> kernel_table(const std::vector<Run> &runs);

} // namespace tree
