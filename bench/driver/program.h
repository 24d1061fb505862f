/// A measuring program and its rows: `PROGRAM --list`, and `PROGRAM ROW SAMPLES LOOPS`.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace driver {

/// `loop`: many of them between two readings of the clock. `window`: one of them, so that there is
/// a distribution. `against_plain`: work with and without it.
enum class Kind { loop, window, against_plain };

struct Sample {
    double row;    // cycles of each
    double second; // cycles of each of what stands beside it
};
using Samples = std::vector<Sample>;

/// What came of a row: samples, or why there are none.
struct Taken {
    Samples samples;
    std::string skipped;
    std::string failed;
};

struct Row {
    std::string name; // PROGRAM/ROW
    std::string row;  // as the program knows it
    std::string program;
    Kind kind;
    std::string question;
    std::string yardstick; // of the second column
};

class Program {
public:
    /// `words` are what runs it. Row names get `name/` before them where they do not have it.
    /// `yardstick`: of rows that name none.
    Program(std::string name, std::vector<std::string> words, std::string yardstick);

    std::vector<Row> list() const;
    Taken measure(const Row &row, unsigned samples, unsigned loops) const;

    /// Runs all rows in one boot of the emulator and keeps nothing but whether they ran.
    static std::map<std::string, Taken>
    rehearse(const std::string &emulate, const std::string &image, const std::vector<Row> &rows);

private:
    std::string name_;
    std::vector<std::string> words_;
    std::string yardstick_;
};

} // namespace driver
