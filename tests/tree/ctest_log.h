/// ctest's records of one run, test by test and case by case: the output of all tests from its log,
/// how they ended from its report for JUnit (the log shows skips as passed).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/tree/endings.h"

namespace tree {

/// How a case ended, and why it was skipped or failed.
struct Verdict {
    Ending ending;
    std::string reason;
};
using Verdicts = std::map<std::string, Verdict>;

/// A test as ctest knows it: one program, with or without cases that it reports by itself.
struct LoggedTest {
    std::string command;
    Ending ending;
    std::string last_line; // of its output
    std::string last_case; // that it reported; may be empty
    Verdicts cases;

    /// Whether it runs images in any way, on a kernel that is not its own choice.
    bool is_on_any_kernel() const;
};

/// One run of ctest under one kernel.
struct Run {
    std::string name;
    std::string kernel;  // what exactly it was
    std::string seconds; // of wall time
    std::string not_run; // why there was no run at all, else empty
    std::map<std::string, LoggedTest> tests;
    std::set<std::string> chosen{}; // the tests that it was to run; empty: all that there are
};

/// The runs in the order of their files: NAME/tests.log and NAME/tests.xml, or NAME/not_run with
/// the reason; beside them NAME/kernel, NAME/seconds and NAME/chosen, a test a line. Throws Stop where a log holds no test.
std::vector<Run> read_runs(const Files &files);

/// Adds a verdict: of those that one case got, a failure outranks the others and a skip none.
void add_verdict(Verdicts &verdicts, const std::string &name, const Verdict &verdict);

/// How every case ended in a run. A case is what any of `runs` reported under its test's name, so
/// one that this run did not come to is failed, or skipped with its test; a test that reports no
/// case is one itself. Of the tests that it was to run; `on_any_kernel`: of those that go to any kernel alone.
Verdicts verdicts_of(const Run &run, const std::vector<Run> &runs, bool on_any_kernel);

} // namespace tree
