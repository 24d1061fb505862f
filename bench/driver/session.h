/// All rows of one run: chosen, sized, measured through Google Benchmark, with noise recognised.
#pragma once

#include <map>
#include <memory>

#include "bench/driver/machine.h"
#include "bench/driver/options.h"
#include "bench/driver/program.h"
#include "bench/driver/statistics.h"

namespace driver {

/// How much is measured.
struct Plan {
    unsigned repetitions;
    unsigned samples;
    unsigned windows;
    double seconds_per_sample;
    unsigned retries;     // of a noisy repetition
    double retry_seconds; // of all of them together
};

struct Measured {
    Row row;
    const Program *program = nullptr; // nothing: it is only named
    unsigned samples = 0;
    unsigned loops = 1;
    std::vector<Repetition> repetitions{};
    std::string absent{}; // why it was not measured
    std::string failed{}; // why it should have been, and was not
};

class Session {
public:
    Session(const Options &options, const Machine &machine);

    /// Lists the programs' rows and measures each once, roughly: absent rows and loop counts.
    void prepare();

    /// What `prepare` found, then all of it by Google Benchmark, which writes its JSON.
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
    void judge_noise();
    void add_context() const;
    void register_rows();
    double expected_seconds() const;

    Options options_;
    Machine machine_;
    Plan plan_;
    std::vector<std::unique_ptr<Program>> programs_;
    std::vector<Measured> rows_;
    std::map<std::string, double> best_; // yardsticks, by what they are comparable with
    double retry_seconds_left_;
};

} // namespace driver
