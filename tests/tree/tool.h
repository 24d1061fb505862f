/// The common parts of the tools of this folder: findings, samples that show each rule fire, exit
/// statuses.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tests/tree/repository.h"

namespace tree {

/// One thing that is wrong. `what` reads "what is wrong; what to do".
struct Finding {
    std::string path;
    std::size_t line;
    std::string what;
};

/// All that a check has to say; `closing` is the last line, printed in either case.
struct Outcome {
    std::vector<Finding> findings;
    std::string closing;

    void add(const std::string &path, std::size_t line, std::string what) {
        findings.push_back({path, line, std::move(what)});
    }
};

using Check = std::function<Outcome(const Files &)>;

/// A made-up repository and what is wrong with it: the beginnings of the findings as printed
/// ("path:line: ..."), all of them, in order.
struct Sample {
    std::string name;
    std::vector<std::pair<std::string, std::string>> texts; // path, contents
    std::vector<std::string> expected;
};

/// Prints the findings and the closing line. 0 where there are none, else 1.
int report(const Outcome &outcome);

/// Runs the check over each sample. Prints what differs and a closing line; 0 or 1.
int self_test(const std::string &tool, const Check &check, std::span<const Sample> samples);

/// `main` of a tool that takes the root alone: `ROOT` or `--self-test`. Wrong use is 2.
int run(const std::string &tool, std::span<char *const> arguments, const Check &check,
        std::span<const Sample> samples);

/// Calls `body`; where that throws Stop, prints the message and returns its exit status.
int stopping(const std::string &tool, const std::function<int()> &body);

} // namespace tree
