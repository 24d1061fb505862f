/// The reporters for Google Benchmark: nothing on the screen, and its JSON without the host's name.
#pragma once

#include <benchmark/benchmark.h>

namespace driver {

/// Prints nothing: the tables come at the end, from the session's own records.
class Silent : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context &) override { return true; }
    void ReportRuns(const std::vector<Run> &) override {}
};

/// Google Benchmark's own format; the context's host name is emptied.
class NamelessJson : public benchmark::JSONReporter {
public:
    bool ReportContext(const Context &context) override;
};

} // namespace driver
