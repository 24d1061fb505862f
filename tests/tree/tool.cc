/// The common parts of the tools of this folder: findings, samples that show each rule fire, exit
/// statuses.
#include "tests/tree/tool.h"

#include <iostream>
#include <string_view>

#include "tests/tree/text.h"

namespace tree {

namespace {

std::string printed(const Finding &finding) {
    return finding.path + ":" + std::to_string(finding.line) + ": " + finding.what;
}

bool as_expected(const Outcome &outcome, const Sample &sample) {
    if (outcome.findings.size() != sample.expected.size()) {
        return false;
    }
    for (std::size_t index = 0; index < sample.expected.size(); ++index) {
        if (!printed(outcome.findings[index]).starts_with(sample.expected[index])) {
            return false;
        }
    }
    return true;
}

} // namespace

int report(const Outcome &outcome) {
    for (const auto &finding : outcome.findings) {
        std::cout << printed(finding) << '\n';
    }
    std::cout << outcome.closing << '\n';
    return outcome.findings.empty() ? 0 : 1;
}

int self_test(const std::string &tool, const Check &check, std::span<const Sample> samples) {
    std::size_t failures = 0;
    for (const auto &sample : samples) {
        Files files;
        for (const auto &[path, text] : sample.texts) {
            files.push_back({path, split_lines(text)});
        }
        const Outcome outcome = check(files);
        if (as_expected(outcome, sample)) {
            continue;
        }
        ++failures;
        std::cout << tool << ": sample \"" << sample.name << "\" went wrong\n";
        for (const auto &expected : sample.expected) {
            std::cout << "  expected " << expected << '\n';
        }
        for (const auto &finding : outcome.findings) {
            std::cout << "  found    " << printed(finding) << '\n';
        }
    }
    std::cout << tool << ": " << samples.size() << " samples, " << failures << " went wrong\n";
    return failures == 0 ? 0 : 1;
}

int stopping(const std::string &tool, const std::function<int()> &body) {
    try {
        return body();
    } catch (const Stop &stop) {
        std::cout << tool << ": " << stop.message << '\n';
        return stop.exit_status;
    }
}

int run(const std::string &tool, std::span<char *const> arguments, const Check &check,
        std::span<const Sample> samples) {
    return stopping(tool, [&] {
        if (arguments.size() != 2) {
            throw Stop{wrong_use, "usage: " + tool + " ROOT | " + tool + " --self-test"};
        }
        if (std::string_view{arguments[1]} == "--self-test") {
            return self_test(tool, check, samples);
        }
        return report(check(read_repository(arguments[1])));
    });
}

} // namespace tree
