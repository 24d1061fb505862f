/// A measuring program and its rows: `PROGRAM --list`, and `PROGRAM ROW SAMPLES LOOPS`.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace driver {

/// `loop`: many runs between two readings of the clock. `window`: one run, so that there is a
/// distribution. `against_plain`: work with and without the measured thing.
enum class Kind { loop, window, against_plain };

struct Sample {
    double row;    // cycles of each
    double second; // cycles of each run of the yardstick
};
using Samples = std::vector<Sample>;

/// The result of a row: samples, or the reason why there are none.
struct Taken {
    Samples samples;
    std::string skipped;
    std::string failed;
};

struct Row {
    std::string name; // PROGRAM/ROW
    std::string row;  // its name in the program
    std::string program;
    Kind kind;
    std::string question;
    std::string yardstick; // of the second column
};

class Program {
public:
    /// `words` is the command that runs it. Row names get the prefix `name/` if they lack it.
    /// `yardstick` is for rows that name none.
    Program(std::string name, std::vector<std::string> words, std::string yardstick);

    std::vector<Row> list() const;
    Taken measure(const Row &row, unsigned samples, unsigned loops) const;

    /// Runs all rows in one boot of the emulator, and keeps only whether they ran.
    static std::map<std::string, Taken>
    rehearse(const std::string &emulate, const std::string &image, const std::vector<Row> &rows);

private:
    std::string name_;
    std::vector<std::string> words_;
    std::string yardstick_;
};

} // namespace driver
