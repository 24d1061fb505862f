/// All rows of one run: chooses and sizes them, measures them by Google Benchmark, and recognises
/// noise.
#pragma once

#include <map>
#include <memory>

#include "bench/driver/machine.h"
#include "bench/driver/options.h"
#include "bench/driver/program.h"
#include "bench/driver/statistics.h"

namespace driver {

/// The amount of measuring.
struct Plan {
    unsigned repetitions;
    unsigned samples;
    unsigned windows;
    double seconds_per_sample;
    unsigned retries;     // the most retries of a noisy repetition
    double retry_seconds; // the time for all retries
};

struct Measured {
    Row row;
    const Program *program = nullptr; // null if the row is only named
    unsigned samples = 0;
    unsigned loops = 1;
    std::vector<Repetition> repetitions{};
    std::string absent{}; // why it was not measured
    std::string failed{}; // why the measurement failed
};

class Session {
public:
    Session(const Options &options, const Machine &machine);

    /// Lists the programs' rows and measures each once, roughly, to find absent rows and loop
    /// counts.
    void prepare();

    /// Measures all rows that `prepare` found by Google Benchmark, which writes its JSON.
    void measure();

    const std::vector<Measured> &rows() const { return rows_; }
    const Measured *find(const std::string &name) const;
    const Machine &machine() const { return machine_; }
    const Options &options() const { return options_; }

    unsigned repetitions_wanted() const { return plan_.repetitions; }

private:
    void add(std::unique_ptr<Program> program);
    void add_payload();
    void add_interposition();
    void size(Measured &measured);
    Repetition repeat(const Measured &measured, std::string &failure);
    void note_best(const Row &row, double second);
    bool is_noisy(const Row &row, double second) const;
    void mark_noise();
    void add_context() const;
    void register_rows();
    double expected_seconds() const;

    Options options_;
    Machine machine_;
    Plan plan_;
    std::vector<std::unique_ptr<Program>> programs_;
    std::vector<Measured> rows_;
    std::map<std::string, double> best_; // the best yardsticks, by key
    double retry_seconds_left_;
};

} // namespace driver
