/// Reads ctest's records of one run, test by test and case by case.
#include "tests/tree/ctest_log.h"

#include <algorithm>

#include "tests/tree/text.h"

namespace tree {

namespace {

/// `passed NAME`, `failed NAME: ...`, `skipped NAME: reason`: adds the case and says so.
bool read_case(LoggedTest &test, std::string_view line) {
    const auto blank = line.find(' ');
    const auto verb = line.substr(0, blank);
    if (blank == line.npos || (verb != "passed" && verb != "failed" && verb != "skipped")) {
        return false;
    }
    auto rest = trim(line.substr(blank));
    const auto end = rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.");
    const auto name = std::string{rest.substr(0, end)};
    if (!contains(name, ".") || (end != rest.npos && rest[end] != ':' && rest[end] != ' ')) {
        return false;
    }
    rest = end == rest.npos ? "" : trim(rest.substr(end + 1));
    Verdict verdict{verb == "passed"   ? Ending::passed
                    : verb == "failed" ? Ending::failed
                                       : Ending::skipped,
                    std::string{rest}};
    if (rest.empty() && verdict.ending == Ending::failed) {
        verdict.reason = test.last_line; // the harness's own text comes before
    }
    add_verdict(test.cases, name, verdict);
    test.last_case = name;
    return true;
}

/// One line of a test's part of the log.
void read_line(LoggedTest &test, const std::string &line) {
    if (line.starts_with("Command: ")) {
        test.command = line;
    } else if (!read_case(test, line) && !trim(line).empty()) {
        test.last_line = std::string{trim(line)};
    }
}

/// The log: for each test a head, its output between two marks, and a foot.
void read_log(Run &run, const SourceFile &log) {
    LoggedTest *test = nullptr;
    bool inside = false; // the output
    for (const auto &line : log.lines) {
        const auto head = line.find(" Testing: ");
        if (!inside && head != line.npos && line.find_first_not_of("0123456789/") == head) {
            test = &run.tests[line.substr(head + 10)];
            *test = {"", Ending::failed, "it said nothing", "", {}};
        } else if (test == nullptr) {
            continue;
        } else if (line == "<end of output>") {
            test = nullptr;
            inside = false;
        } else if (!inside && line.starts_with("-----")) {
            inside = true;
        } else if (inside || line.starts_with("Command: ")) {
            read_line(*test, line);
        }
    }
    if (run.tests.empty()) {
        throw Stop{wrong_use, log.path + " holds no test; give it what ctest logs"};
    }
}

/// The value of an attribute, where the line has it.
std::string attribute(const std::string &line, const std::string &name) {
    const auto begin = line.find(" " + name + "=\"");
    if (begin == line.npos) {
        return "";
    }
    const auto value = begin + name.size() + 3;
    return line.substr(value, line.find('"', value) - value);
}

/// The report for JUnit: how each test ended. A test that could not be started is no skip.
void read_endings(Run &run, const SourceFile &report) {
    LoggedTest *test = nullptr;
    for (const auto &line : report.lines) {
        if (trim(line).starts_with("<testcase ")) {
            const auto found = run.tests.find(attribute(line, "name"));
            test = found == run.tests.end() ? nullptr : &found->second;
            const auto status = attribute(line, "status");
            if (test != nullptr && status != "fail") {
                test->ending = status == "run" ? Ending::passed : Ending::skipped;
            }
        } else if (test != nullptr && trim(line).starts_with("<skipped ") &&
                   contains(line, "Unable to find executable")) {
            test->ending = Ending::failed;
            test->last_line = "it is not built";
        }
    }
}

/// How a case ended that its test did not report in this run.
Verdict unreported(const LoggedTest *test, const std::string &name) {
    if (test == nullptr) {
        return {Ending::failed, name + " was not run"};
    }
    if (test->ending == Ending::skipped) {
        return {Ending::skipped, test->last_line};
    }
    return {Ending::failed, name + " ended before it: " + test->last_line};
}

/// kind.subject.behaviour
bool is_named_like_a_case(const std::string &name) {
    return is_kind(name) && std::count(name.begin(), name.end(), '.') == 2;
}

/// How the cases of one test ended, all those that it is known to have.
Verdicts verdicts_of_test(const std::string &name, const LoggedTest *test,
                          const std::set<std::string> &known) {
    Verdicts verdicts;
    bool explained = test == nullptr || test->ending != Ending::failed;
    for (const auto &one : known) {
        const auto reported = test == nullptr ? Verdicts::const_iterator{} : test->cases.find(one);
        const bool is_reported = test != nullptr && reported != test->cases.end();
        const auto verdict = is_reported ? reported->second : unreported(test, name);
        explained = explained || verdict.ending == Ending::failed;
        add_verdict(verdicts, one, verdict);
    }
    if (known.empty() || is_named_like_a_case(name)) {
        add_verdict(verdicts, name,
                    {test == nullptr ? Ending::failed : test->ending,
                     test == nullptr ? name + " was not run" : test->last_line});
    } else if (!explained) {
        verdicts[test->last_case.empty() ? *known.begin() : test->last_case] = {
            Ending::failed, name + " failed behind it: " + test->last_line};
    }
    return verdicts;
}

} // namespace

bool LoggedTest::is_on_any_kernel() const {
    return contains(command, "toolchain/emulate\"") && !contains(command, "\"--kernel\"");
}

std::vector<Run> read_runs(const Files &files) {
    std::vector<Run> runs;
    for (const auto &file : files) {
        const auto slash = file.path.rfind('/');
        const auto name = file.path.substr(0, slash);
        if (runs.empty() || runs.back().name != name) {
            runs.push_back({name, "", "", "", {}});
        }
        const auto part = file.path.substr(slash + 1);
        if (part == "chosen") {
            runs.back().chosen = {file.lines.begin(), file.lines.end()};
            continue;
        }
        const auto line = file.lines.empty() ? std::string{} : file.lines[0];
        if (part == "tests.log") {
            read_log(runs.back(), file);
        } else if (part == "tests.xml") {
            read_endings(runs.back(), file);
        } else {
            (part == "kernel"    ? runs.back().kernel
             : part == "seconds" ? runs.back().seconds
                                 : runs.back().not_run) = line;
        }
    }
    return runs;
}

void add_verdict(Verdicts &verdicts, const std::string &name, const Verdict &verdict) {
    auto &known = verdicts.try_emplace(name, verdict).first->second;
    if (verdict.ending == Ending::failed   ? known.ending != Ending::failed
        : verdict.ending == Ending::passed ? known.ending == Ending::skipped
                                           : false) {
        known = verdict;
    }
}

Verdicts verdicts_of(const Run &run, const std::vector<Run> &runs, bool on_any_kernel) {
    std::map<std::string, std::set<std::string>> known;
    for (const auto &other : runs) {
        for (const auto &[name, test] : other.tests) {
            if ((!on_any_kernel || test.is_on_any_kernel()) &&
                (run.chosen.empty() || run.chosen.contains(name))) {
                auto &cases = known[name];
                for (const auto &[one, verdict] : test.cases) {
                    cases.insert(one);
                }
            }
        }
    }
    Verdicts verdicts;
    for (const auto &[name, cases] : known) {
        const auto test = run.tests.find(name);
        const auto *const logged = test == run.tests.end() ? nullptr : &test->second;
        const LoggedTest absent{"", Ending::skipped, run.not_run, "", {}};
        const auto *const seen = run.not_run.empty() ? logged : &absent;
        for (const auto &[one, verdict] : verdicts_of_test(name, seen, cases)) {
            add_verdict(verdicts, one, verdict);
        }
    }
    return verdicts;
}

} // namespace tree
