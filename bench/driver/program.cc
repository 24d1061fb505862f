/// A measuring program and its rows: `PROGRAM --list`, and `PROGRAM ROW SAMPLES LOOPS`.
#include "bench/driver/program.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bench/driver/process.h"

namespace driver {

namespace {

constexpr int patience = 90; // seconds for one row
constexpr int skip_status = 77;

std::vector<std::string> lines_of(const std::string &text) {
    std::vector<std::string> lines;
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        lines.push_back(line);
    }
    return lines;
}

Kind kind_of(const std::string &word) {
    if (word == "loop") {
        return Kind::loop;
    }
    if (word == "window") {
        return Kind::window;
    }
    if (word == "against_plain") {
        return Kind::against_plain;
    }
    throw Stop{"'" + word + "' is no kind of row: loop, window or against_plain"};
}

/// The samples of `row` in the output of a program, up to the first line that is no sample.
Samples parse(const std::string &row, const std::vector<std::string> &lines) {
    Samples samples;
    bool inside = false;
    for (const auto &line : lines) {
        double first = 0;
        double second = 0;
        double loops = 0;
        std::istringstream words{line};
        if (line == "row " + row) {
            inside = true;
        } else if (inside && words >> first >> second >> loops && loops > 0) {
            samples.push_back({first / loops, second / loops});
        } else {
            inside = false;
        }
    }
    return samples;
}

/// The reason in `skipped ROW: reason`.
std::string reason_of_skip(const Ending &ending) {
    const auto colon = ending.out.find(": ");
    return colon == std::string::npos
               ? "the program gives no reason"
               : ending.out.substr(colon + 2, ending.out.find('\n') - colon - 2);
}

/// The reason for one row of many, or nothing.
std::string reason_of_skip_in(const std::vector<std::string> &lines, const std::string &row) {
    const std::string begin = "skipped " + row + ": ";
    for (const auto &line : lines) {
        if (line.starts_with(begin)) {
            return line.substr(begin.size());
        }
    }
    return "";
}

/// Why a program failed. The line by which an image reports that it runs without isolation is
/// skipped.
std::string reason_of_failure(Ending ending) {
    const auto end = ending.err.find('\n');
    if (ending.err.starts_with("postern: no isolation:") && end != std::string::npos) {
        ending.err.erase(0, end + 1);
    }
    return ending.reason();
}

} // namespace

Program::Program(std::string name, std::vector<std::string> words, std::string yardstick)
    : name_{std::move(name)}, words_{std::move(words)}, yardstick_{std::move(yardstick)} {}

std::vector<Row> Program::list() const {
    auto words = words_;
    words.push_back("--list");
    const Ending ending = run(words, patience, false);
    std::vector<Row> rows;
    for (const auto &line : lines_of(ending.out)) {
        std::istringstream fields{line};
        std::string name;
        std::string kind;
        std::string question;
        std::string yardstick;
        if (!std::getline(fields, name, '\t') || !std::getline(fields, kind, '\t') ||
            !std::getline(fields, question, '\t')) {
            throw Stop{words_.back() + " --list: '" + line + "' is not NAME, KIND, QUESTION"};
        }
        if (!std::getline(fields, yardstick, '\t')) {
            yardstick = kind == "against_plain" ? "plain work" : yardstick_;
        }
        const std::string full = name.starts_with(name_ + "/") ? name : name_ + "/" + name;
        rows.push_back({full, name, name_, kind_of(kind), question, yardstick});
    }
    if (ending.status != 0 || rows.empty()) {
        throw Stop{words_.back() + " --list: " + reason_of_failure(ending)};
    }
    return rows;
}

Taken Program::measure(const Row &row, unsigned samples, unsigned loops) const {
    auto words = words_;
    words.insert(words.end(), {row.row, std::to_string(samples), std::to_string(loops)});
    const Ending ending = run(words, patience, row.program != "alternative");
    if (ending.status == skip_status) {
        return {{}, reason_of_skip(ending), ""};
    }
    Samples taken = parse(row.row, lines_of(ending.out));
    if (ending.status != 0 || ending.timed_out) {
        return {{}, "", reason_of_failure(ending)};
    }
    if (taken.size() != samples) {
        return {{},
                "",
                "printed " + std::to_string(taken.size()) + " samples of " +
                    std::to_string(samples)};
    }
    return {std::move(taken), "", ""};
}

std::map<std::string, Taken> Program::rehearse(const std::string &emulate, const std::string &image,
                                               const std::vector<Row> &rows) {
    constexpr unsigned samples = 2;
    std::string path = std::filesystem::temp_directory_path() / "bench_batch.XXXXXX";
    const int file = mkstemp(path.data());
    if (file < 0) {
        throw Stop{path + ": no file for the emulator's jobs"};
    }
    close(file);
    {
        std::ofstream jobs{path};
        for (const auto &row : rows) {
            jobs << image << ' ' << row.row << ' ' << samples << " 1\n";
        }
    }
    const Ending ending = run({emulate, "--timeout", "240", "--batch", path}, 300, false);
    unlink(path.c_str());
    const auto lines = lines_of(ending.out);
    std::map<std::string, Taken> results;
    for (const auto &row : rows) {
        auto &taken = results[row.name];
        if (parse(row.row, lines).size() == samples) {
            taken.skipped = "ran in the emulator, whose figures mean nothing: thrown away";
        } else if (const auto skip = reason_of_skip_in(lines, row.row); !skip.empty()) {
            taken.skipped = skip;
        } else {
            taken.failed = "did not run in the emulator: " + ending.reason();
        }
    }
    return results;
}

} // namespace driver
