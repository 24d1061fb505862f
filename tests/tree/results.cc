/// Counts what ctest ran, case by case, and shows it as one table, kernel by kind of test.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "tests/tree/kernel_table.h"
#include "tests/tree/text.h"

namespace tree {
namespace {

/// `passed NAME`, `failed NAME`, `skipped NAME: reason` of the first run, which is of all tests,
/// and of the others, which are of those that go to any kernel.
std::vector<std::string> merged(const std::vector<Run> &runs) {
    Verdicts verdicts;
    for (const auto &run : runs) {
        for (const auto &[name, verdict] : verdicts_of(run, runs, &run != &runs.front())) {
            add_verdict(verdicts, name, verdict);
        }
    }
    std::vector<std::string> lines;
    for (const auto &[name, verdict] : verdicts) {
        lines.push_back(verdict.ending == Ending::passed ? "passed " + name
                        : verdict.ending == Ending::failed
                            ? "failed " + name
                            : "skipped " + name + ": " + verdict.reason);
    }
    return lines;
}

/// The names of the tests that go to any kernel.
std::vector<std::string> any_kernel(const std::vector<Run> &runs) {
    std::vector<std::string> names;
    for (const auto &[name, test] : runs.front().tests) {
        if (test.is_on_any_kernel()) {
            names.push_back(name);
        }
    }
    return names;
}

std::vector<std::string> printed(const std::string &what, const std::vector<Run> &runs) {
    return what == "--merge"   ? merged(runs)
           : what == "--tests" ? any_kernel(runs)
                               : kernel_table(runs);
}

/// A check that "finds" the lines that would be printed, at OUT:1 and on.
Check printing(const std::string &what) {
    return [what](const Files &files) {
        Outcome outcome{{}, ""};
        for (const auto &line : printed(what, read_runs(files))) {
            outcome.add("OUT", outcome.findings.size() + 1, line);
        }
        return outcome;
    };
}

/// The log of one test, as ctest writes it.
std::string log_of(const std::string &name, const std::string &words, const std::string &output) {
    return "1/2 Testing: " + name + "\n1/2 Test: " + name + "\nCommand: " + words +
           "\nDirectory: x\n\"" + name + "\" start time: x\nOutput:\n-----\n" + output +
           "<end of output>\nTest time =   0.01 sec\n-----\nTest Passed.\n\"" + name +
           "\" end time: x\n";
}

std::string report_of(const std::string &name, const std::string &status,
                      const std::string &more = "") {
    return "\t<testcase name=\"" + name + "\" time=\"1\" status=\"" + status + "\">\n" + more;
}

const std::string emulate = "\"a/toolchain/emulate\" ";
const std::string first_log =
    log_of("image", emulate + "\"x\"", "passed run.a.b\npassed deny.a.c\n2 passed\n") +
    log_of("run.all.of_it", "\"check\" " + emulate, "hello\n") +
    log_of("pinned", emulate + "\"--kernel\" \"6.1\"", "passed run.a.pinned\n") +
    log_of("tool", "\"tool\"", "skipped tree.x.y: no git\n");
const std::string first_report = report_of("image", "run") + report_of("run.all.of_it", "run") +
                                 report_of("pinned", "run") + report_of("tool", "notrun");

/// A second run beside the first, in which the image and the script end like this.
std::vector<std::pair<std::string, std::string>>
beside(const std::string &output, const std::string &image, const std::string &script) {
    return {{"new/tests.log", first_log},
            {"new/tests.xml", first_report},
            {"old/tests.log",
             log_of("image", emulate, output) + log_of("run.all.of_it", emulate, "bye\n")},
            {"old/tests.xml", report_of("image", image) + report_of("run.all.of_it", script)}};
}

const std::string head = "OUT:1: kernel  deny   run    passed  failed  skipped  seconds";
const std::string first_row = "OUT:2: new     1/0/0  2/0/0  3       0       0";

const std::vector<Sample> tables{
    {"all passed",
     beside("passed run.a.b\npassed deny.a.c\n", "run", "run"),
     {head, first_row, "OUT:3: old     1/0/0  2/0/0  3       0       0"}},
    {"cases of its own way",
     beside("postern:3: expectation\nfailed run.a.b\nskipped deny.a.c: too old\n", "fail", "run"),
     {head, first_row, "OUT:3: old     0/0/1  1/1/0  1       1       1",
      "OUT:4: failed under old: postern:3: expectation", "OUT:5:   run.a.b",
      "OUT:6: skipped under old: too old", "OUT:7:   deny.a.c"}},
    {"an image that dies",
     beside("passed run.a.b\npanic: no\n", "fail", "run"),
     {head, first_row, "OUT:3: old     0/1/0  2/0/0  2       1       0",
      "OUT:4: failed under old: image ended before it: panic: no", "OUT:5:   deny.a.c"}},
    {"an image that dies behind its last case",
     beside("passed deny.a.c\npassed run.a.b\npanic: no\n", "fail", "run"),
     {head, first_row, "OUT:3: old     1/0/0  1/1/0  2       1       0",
      "OUT:4: failed under old: image failed behind it: panic: no", "OUT:5:   run.a.b"}},
    {"a case that its test forgets",
     beside("passed run.a.b\n1 passed\n", "run", "run"),
     {head, first_row, "OUT:3: old     0/1/0  2/0/0  2       1       0",
      "OUT:4: failed under old: image ended before it: 1 passed", "OUT:5:   deny.a.c"}},
    {"whole tests skipped",
     beside("not here\n", "notrun", "notrun"),
     {head, first_row, "OUT:3: old     0/0/1  0/0/2  0       0       3",
      "OUT:4: skipped under old: bye", "OUT:5:   run.all.of_it",
      "OUT:6: skipped under old: not here", "OUT:7:   deny.a.c run.a.b"}},
    {"a kernel that is gone",
     {{"new/tests.log", first_log},
      {"new/tests.xml", first_report},
      {"old/not_run", "suite gone\n"}},
     {head, first_row, "OUT:3: old     0/0/1  0/0/2  0       0       3",
      "OUT:4: skipped under old: suite gone", "OUT:5:   deny.a.c run.a.b run.all.of_it"}},
    {"a case that two tests skip: the first one's reason",
     {{"new/tests.log", log_of("image", emulate, "skipped run.a.b: no keys\n") +
                            log_of("image.forced", emulate, "skipped run.a.b: as without\n")},
      {"new/tests.xml", report_of("image", "run") + report_of("image.forced", "notrun")}},
     {"OUT:1: kernel  run    passed  failed  skipped  seconds",
      "OUT:2: new     0/0/1  0       0       1", "OUT:3: skipped under new: no keys",
      "OUT:4:   run.a.b"}},
    {"a row of chosen tests, of which one is missing",
     {{"new/tests.log", first_log},
      {"new/tests.xml", first_report},
      {"old/chosen", "run.all.of_it\nimage\n"},
      {"old/tests.log", log_of("run.all.of_it", emulate, "bye\n")},
      {"old/tests.xml", report_of("run.all.of_it", "run")}},
     {head, first_row, "OUT:3: old     0/1/0  1/1/0  1       2       0",
      "OUT:4: failed under old: image was not run", "OUT:5:   deny.a.c run.a.b"}},
    {"a row of one chosen test",
     {{"new/tests.log", first_log},
      {"new/tests.xml", first_report},
      {"old/chosen", "run.all.of_it\n"},
      {"old/tests.log", log_of("run.all.of_it", emulate, "bye\n")},
      {"old/tests.xml", report_of("run.all.of_it", "run")}},
     {head, first_row, "OUT:3: old     0/0/0  1/0/0  1       0       0"}},
    {"a test that is not built",
     {{"new/tests.log", first_log},
      {"new/tests.xml", report_of("image", "run") +
                            report_of("run.all.of_it", "notrun",
                                      "\t\t<skipped message=\"Unable to find executable\"/>\n")}},
     {head, "OUT:2: new     1/0/0  1/1/0  2       1       0",
      "OUT:3: failed under new: it is not built", "OUT:4:   run.all.of_it"}},
};

const std::vector<Sample> merges{
    {"worst of all runs; a skip is shown only if nothing else is",
     beside("failed run.a.b: why\nskipped deny.a.c: too old\n", "fail", "run"),
     {"OUT:1: passed deny.a.c", "OUT:2: failed run.a.b", "OUT:3: passed run.a.pinned",
      "OUT:4: passed run.all.of_it", "OUT:5: skipped tree.x.y: no git"}},
};

const std::vector<Sample> named_like_cases{
    {"a test with cases that is named like one",
     {{"new/tests.log", log_of("run.whole.of_it", "\"x\"", "passed unit.a.b\npassed unit.a.c\n") +
                            log_of("run.whole", "\"x\"", "passed unit.a.d\n")},
      {"new/tests.xml", report_of("run.whole.of_it", "fail") + report_of("run.whole", "run")}},
     {"OUT:1: failed run.whole.of_it", "OUT:2: passed unit.a.b", "OUT:3: passed unit.a.c",
      "OUT:4: passed unit.a.d"}},
};

const std::vector<Sample> selections{
    {"what goes to any kernel", beside("", "run", "run"), {"OUT:1: image", "OUT:2: run.all.of_it"}},
};

/// The files of one run's folder; the folder's name is the run's.
void read_folder(const std::filesystem::path &folder, Files &files) {
    const auto name = folder.filename().string();
    const auto before = files.size();
    for (const auto *part : {"kernel", "seconds", "chosen", "not_run", "tests.log", "tests.xml"}) {
        if (std::filesystem::exists(folder / part)) {
            files.push_back(read_file((folder / part).string(), name + "/" + part));
        }
    }
    if (files.size() == before) {
        throw Stop{wrong_use,
                   folder.string() + " holds no run; give it a folder of toolchain/test"};
    }
}

int results_main(std::span<char *const> arguments) {
    const std::string what = arguments.size() > 1 ? arguments[1] : "";
    if (what == "--self-test" && arguments.size() == 2) {
        return self_test("results", printing("--table"), tables) |
               self_test("results", printing("--merge"), merges) |
               self_test("results", printing("--merge"), named_like_cases) |
               self_test("results", printing("--tests"), selections);
    }
    if ((what != "--merge" && what != "--table" && what != "--tests") || arguments.size() < 3) {
        throw Stop{wrong_use,
                   "usage: results --merge|--table|--tests FOLDER... | results --self-test"};
    }
    Files files;
    for (const auto *folder : arguments.subspan(2)) {
        read_folder(folder, files);
    }
    for (const auto &line : printed(what, read_runs(files))) {
        std::cout << line << '\n';
    }
    return 0;
}

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::stopping("results", [&] {
        return tree::results_main({arguments, static_cast<std::size_t>(count)});
    });
}
