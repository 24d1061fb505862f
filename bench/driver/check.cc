/// Tests the driver: exact figures by a fake program, then each row of the real programs.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "bench/driver/json.h"
#include "bench/driver/process.h"

namespace {

using driver::Ending;
using driver::Json;
using Words = std::vector<std::string>;

struct Paths {
    std::string driver;
    std::string fake;
    std::string out; // the JSON of the smoke run, which another test reads
    Words programs;  // the driver's options that name the real programs
};

/// The first failure of the present case; empty if there is none.
class Case {
public:
    explicit Case(std::string name) : name_{"bench.driver." + std::move(name)} {}

    void expect(bool holds, const std::string &what) {
        if (!holds && wrong_.empty()) {
            wrong_ = what;
        }
    }

    /// Prints the verdict; true if it passed.
    bool end() const {
        std::cout << (wrong_.empty() ? "passed " : "failed ") << name_
                  << (wrong_.empty() ? "" : ": " + wrong_) << std::endl;
        return wrong_.empty();
    }

private:
    std::string name_;
    std::string wrong_;
};

std::string read_file(const std::string &path) {
    std::ifstream file{path};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

Ending drive(const Paths &paths, const Words &more) {
    Words words{paths.driver};
    words.insert(words.end(), more.begin(), more.end());
    return driver::run(words, 400, false);
}

/// Runs the driver with the fake as payload and as alternatives.
Ending drive_fake(const Paths &paths, const std::string &filter, const std::string &out) {
    return drive(paths, {"--payload", paths.fake, "--natively", "--alternative", paths.fake,
                         "--quick", "--filter", filter, "--out", out});
}

/// The words of the first line that begins with `name`, joined by single spaces.
std::string line_of(const std::string &text, const std::string &name) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string joined;
        for (std::string word; words >> word;) {
            joined += (joined.empty() ? "" : " ") + word;
        }
        if (joined.starts_with(name + " ")) {
            return joined;
        }
    }
    return {};
}

/// Known columns give known medians, percentiles and ratios; noise is repeated, then marked.
bool check_figures(const Paths &paths, const std::string &folder) {
    // bench.driver.figures_of_a_fake_are_exact shows benchmarks_are_honest
    Case figures{"figures_of_a_fake_are_exact"};
    const auto ending =
        drive_fake(paths, "^payload/(steady|noisy|absent|spread|amid)", folder + "/fake.json");
    figures.expect(ending.status == 0,
                   "status " + std::to_string(ending.status) + ", " + ending.reason());
    const auto expect_line = [&](Case &test, const std::string &name, const std::string &rest) {
        const std::string line = line_of(ending.out, name);
        test.expect(line == name + " " + rest, "'" + line + "', wanted '... " + rest + "'");
    };
    expect_line(figures, "(floor:", "a bare wrpkru pair, u) 50.0 1.00");
    expect_line(figures, "payload/steady", "100 100 2.00 0 %");
    expect_line(figures, "payload/spread", "1001 1.00 1800 1980 2000 20.0 0 %");
    expect_line(figures, "payload/amid",
                "1100 1100 22.0 1.10 0 % adds 100 cycles to what is beside it");
    figures.expect(ending.out.find("  not measured (it has its reasons):\n    payload/absent\n") !=
                       std::string::npos,
                   "an absent row is not named with its reason");
    const bool first = figures.end();

    // bench.driver.noise_is_repeated_then_marked shows benchmarks_are_honest
    Case noise{"noise_is_repeated_then_marked"};
    expect_line(noise, "payload/noisy", "150 150 3.00 0 % noisy: 1 of 3 repetitions, left out");
    const Json json = driver::parse_json(read_file(folder + "/fake.json"));
    std::vector<double> retries;
    for (const auto &run : json.at("benchmarks").array) {
        if (run.at("run_name").string.starts_with("payload/noisy/") &&
            run.at("run_type").string == "iteration") {
            retries.push_back(run.at("retries").number);
        }
    }
    noise.expect(retries == std::vector<double>{0, 1, 1}, "repetitions were not repeated as due");
    return noise.end() && first;
}

bool check_failures(const Paths &paths, const std::string &folder) {
    // bench.driver.a_row_that_fails_is_named shows benchmarks_are_honest
    Case failures{"a_row_that_fails_is_named"};
    const auto ending = drive_fake(paths, "^payload/(broken|truncated)", folder + "/broken.json");
    failures.expect(ending.status == 1, "status " + std::to_string(ending.status));
    failures.expect(line_of(ending.out, "payload/broken") ==
                        "payload/broken - FAILED: fake: broken on purpose",
                    "a broken row is shown as '" + line_of(ending.out, "payload/broken") + "'");
    failures.expect(line_of(ending.out, "payload/truncated") ==
                        "payload/truncated - FAILED: printed 2 samples of 3",
                    "'" + line_of(ending.out, "payload/truncated") + "'");
    return failures.end();
}

bool check_wrong_use(const Paths &paths, const std::string &folder) {
    // bench.driver.wrong_use_gets_one_clear_line shows benchmarks_are_honest
    Case wrong_use{"wrong_use_gets_one_clear_line"};
    const auto expect_line = [&](const Words &words, const std::string &line) {
        const auto ending = drive(paths, words);
        wrong_use.expect(ending.status != 0 && ending.reason() == line,
                         "'" + ending.reason() + "', wanted '" + line + "'");
    };
    const Words good{"--alternative", paths.fake, "--out", folder + "/x.json"};
    const auto with = [&](const Words &more) {
        Words words = good;
        words.insert(words.end(), more.begin(), more.end());
        return words;
    };
    expect_line({"--fast"}, "bench: --fast: no such option");
    expect_line({}, "bench: --alternative and --out are needed");
    expect_line(with({"--filter"}), "bench: --filter: its value is missing");
    expect_line(with({"--filter", "("}), "bench: --filter (: not a regular expression");
    expect_line(with({"--filter", "nothing"}), "bench: --filter nothing: no row has such a name");
    expect_line({"--alternative", "/nowhere", "--out", folder + "/x.json"},
                "bench: /nowhere: cannot be run: No such file or directory");
    expect_line({"--alternative", paths.fake, "--filter", "steady", "--out", folder + "/no/x.json"},
                "bench: --out " + folder + "/no/x.json: cannot be written");
    return wrong_use.end();
}

/// Whether the text has a row's name, not only as the beginning of another name.
bool names(const std::string &text, const std::string &row) {
    for (auto at = text.find(row); at != text.npos; at = text.find(row, at + 1)) {
        if (std::string{" ,\n"}.find(text[at + row.size()]) != std::string::npos) {
            return true;
        }
    }
    return false;
}

/// Row names and questions of the real programs, from their --list.
struct Listing {
    std::set<std::string> rows;
    std::set<std::string> questions;
};

void list(const Words &command, const std::string &prefix, Listing &listing) {
    Words words = command;
    words.push_back("--list");
    std::istringstream lines{driver::run(words, 60, false).out};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields{line};
        std::string name;
        std::string kind;
        std::string question;
        std::getline(fields, name, '\t');
        std::getline(fields, kind, '\t');
        std::getline(fields, question, '\t');
        while (question.ends_with('\r')) {
            question.pop_back();
        }
        listing.rows.insert(name.starts_with(prefix + "/") ? name : prefix + "/" + name);
        listing.questions.insert((prefix == "stand_in" ? "# stand-in: " : "# ") + question);
    }
}

Listing list_all(const Words &programs) {
    Listing listing;
    const auto value = [&](const std::string &option) {
        for (std::size_t index = 0; index + 1 < programs.size(); ++index) {
            if (programs[index] == option) {
                return programs[index + 1];
            }
        }
        return std::string{};
    };
    list({value("--alternative")}, "alternative", listing);
    if (!value("--stand-in").empty()) {
        list({value("--stand-in")}, "stand_in", listing);
    }
    if (!value("--payload").empty()) {
        list({value("--emulate"), value("--payload")}, "payload", listing);
    }
    if (!value("--interposition").empty()) {
        list({value("--emulate"), value("--interposition")}, "interposition", listing);
    }
    return listing;
}

/// The names of the rows that were measured, without the suffix of Google Benchmark.
std::set<std::string> rows_of(const Json &json) {
    std::set<std::string> rows;
    for (const auto &run : json.at("benchmarks").array) {
        const std::string &name = run.at("run_name").string;
        rows.insert(name.substr(0, name.find("/iterations:")));
    }
    return rows;
}

bool check_smoke(const Paths &paths) {
    Words words = paths.programs;
    words.insert(words.end(), {"--smoke", "--with-stand-in", "--out", paths.out});
    const auto ending = drive(paths, words);
    const auto listing = list_all(paths.programs);
    // bench.driver.every_row_and_every_table_is_printed shows benchmarks_are_honest
    Case printed{"every_row_and_every_table_is_printed"};
    printed.expect(ending.status == 0, "status " + std::to_string(ending.status) + ", " +
                                           ending.reason() + "\n" + ending.out);
    printed.expect(listing.rows.size() > 20, "the programs list hardly any rows");
    for (const auto &row : listing.rows) {
        printed.expect(names(ending.out, row), row + " is in no table");
    }
    for (const auto &question : listing.questions) {
        printed.expect(ending.out.find("\n" + question + "\n") != std::string::npos,
                       "no table '" + question + "'");
    }
    printed.expect(ending.out.find("not among the rows of this run") == std::string::npos,
                   "a target is about a row that no program has");
    bool passed = printed.end();

    // bench.driver.json_holds_every_row shows benchmarks_are_honest
    Case kept{"json_holds_every_row"};
    const std::string text = read_file(paths.out);
    const Json json = driver::parse_json(text);
    const auto rows = rows_of(json);
    const std::string &absent = json.at("context").at("not_measured").string;
    for (const auto &row : listing.rows) {
        kept.expect(rows.contains(row) || absent.find(row + ": ") != std::string::npos,
                    row + " is neither measured nor named");
    }
    for (const char *key : {"processor", "microcode", "kernel", "tsc_mhz", "compiler"}) {
        kept.expect(!json.at("context").at(key).string.empty(), std::string{"no "} + key);
    }
    passed = kept.end() && passed;

    // bench.driver.json_names_no_machine shows benchmarks_are_honest
    Case nameless{"json_names_no_machine"};
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    nameless.expect(json.at("context").at("host_name").kind == Json::Kind::string &&
                        json.at("context").at("host_name").string.empty(),
                    "the host's name is in it");
    nameless.expect(text.find(paths.driver) == std::string::npos, "a path is in it");
    return nameless.end() && passed;
}

bool check(const Paths &paths, const std::string &folder) {
    setenv("POSTERN_BENCH_FAKE", folder.c_str(), 1);
    const bool figures = check_figures(paths, folder);
    const bool failures = check_failures(paths, folder);
    const bool wrong_use = check_wrong_use(paths, folder);
    return check_smoke(paths) && figures && failures && wrong_use;
}

} // namespace

int main(int count, char **arguments) {
    if (count < 5) {
        std::cerr << "usage: bench_driver_check DRIVER FAKE OUT OPTION...\n";
        return driver::wrong_use;
    }
    const Paths paths{arguments[1], arguments[2], arguments[3], {arguments + 4, arguments + count}};
    std::string folder = (std::filesystem::temp_directory_path() / "bench.XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) {
        std::cerr << "bench_driver_check: no temporary folder\n";
        return EXIT_FAILURE;
    }
    int status = EXIT_FAILURE;
    try {
        status = check(paths, folder) ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const driver::Stop &stop) {
        std::cout << "failed bench.driver: " << stop.message << '\n';
    }
    std::filesystem::remove_all(folder);
    return status;
}
