/// Executes this image again, with a command line and an environment of the test's choice.
#pragma once

#include "crt/handoff.h"
#include "tests/harness/harness.h"

namespace reexec {

/// The variable whose value is the started image's job in `prepare`, before its main.
inline constexpr char job_name[] = "POSTERN_TEST_JOB";

/// False, and the running case is skipped, where nothing can be executed: without dispatch the
/// filter stays with every program that this one executes, and ends it (rt/start/interpose.h).
bool can_start();

/// Starts the image in a child; both arrays end with null. Its end, and what it says on standard
/// error.
harness::ChildEnd start(const char *const *arguments, const char *const *environment);

/// Records a failure unless the child ended with `status`, and prints what it said.
void expect_status(const harness::ChildEnd &end, int status, const char *file = __builtin_FILE(),
                   int line = __builtin_LINE());

/// The values that crt handed over, which rt::Arguments does not show.
const crt::Handoff &handoff(rt::Arguments arguments);

bool equal(const char *left, const char *right);

/// Ends the started image with status 1 and one line unless `good`.
void require(bool good, const char *what);

} // namespace reexec
