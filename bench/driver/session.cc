/// All rows of one run: chooses, sizes and measures them, and recognises noise.
#include "bench/driver/session.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <regex>

#include "bench/driver/figures.h"
#include "bench/driver/process.h"

namespace driver {

namespace {

Plan plan_of(Mode mode) {
    switch (mode) {
    case Mode::smoke:
        return {1, 2, 20, 0, 0, 0};
    case Mode::quick:
        return {3, 30, 2'000, 100e-6, 1, 10};
    default:
        return {3, 200, 20'000, 400e-6, 3, 120};
    }
}

/// Yardsticks with equal keys are comparable.
std::string key_of(const Row &row) {
    const bool shared =
        row.kind == Kind::loop && (is_common(row.yardstick) || row.program == "stand_in");
    return row.program + ":" + row.yardstick + (shared ? "" : ":" + row.row);
}

/// These rows are in every run, even if the filter excludes them, because each table has them.
bool is_yardstick(const Row &row) {
    return row.program == "alternative" && row.row == "getppid";
}

} // namespace

Session::Session(const Options &options, const Machine &machine)
    : options_{options}, machine_{machine}, plan_{plan_of(options.mode)},
      retry_seconds_left_{plan_.retry_seconds} {}

const Measured *Session::find(const std::string &name) const {
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Measured &measured) {
        return measured.row.name == name;
    });
    return found == rows_.end() ? nullptr : &*found;
}

void Session::note_best(const Row &row, double second) {
    double &best = best_.try_emplace(key_of(row), second).first->second;
    best = std::min(best, second);
}

bool Session::is_noisy(const Row &row, double second) const {
    return second > quiet_limit * best_.at(key_of(row));
}

void Session::add(std::unique_ptr<Program> program) {
    for (auto &row : program->list()) {
        rows_.push_back({.row = row, .program = program.get()});
    }
    programs_.push_back(std::move(program));
}

/// If the payload cannot run natively, its rows are named, and in smoke mode also rehearsed.
void Session::add_payload() {
    const bool natively = options_.natively || machine_.has_protection_keys;
    if (natively) {
        add(std::make_unique<Program>("payload", std::vector{options_.payload}, "u"));
        return;
    }
    const Program emulated{"payload", {options_.emulate, options_.payload}, "u"};
    const auto rows = emulated.list();
    std::map<std::string, Taken> rehearsed;
    if (options_.mode == Mode::smoke) {
        rehearsed = Program::rehearse(options_.emulate, options_.payload, rows);
    }
    for (const auto &row : rows) {
        const Taken &taken = rehearsed[row.name];
        rows_.push_back({.row = row,
                         .absent = taken.skipped.empty() ? "needs protection keys" : taken.skipped,
                         .failed = taken.failed});
    }
}

/// Without keys the image runs without isolation, and dispatch and seccomp filter work as with
/// keys.
void Session::add_interposition() {
    std::vector<std::string> words{options_.interposition};
    if (!machine_.has_protection_keys) {
        words.insert(words.begin(), {"/usr/bin/env", "POSTERN_ISOLATION=none"});
    }
    try {
        add(std::make_unique<Program>("interposition", words, "getppid"));
    } catch (const Stop &stop) {
        for (const auto &row :
             Program{"interposition", {options_.emulate, options_.interposition}, "getppid"}
                 .list()) {
            rows_.push_back({.row = row, .absent = "does not run here: " + stop.message});
        }
    }
}

/// One rough measurement, which finds whether the row can be measured here, and the loops of a
/// sample.
void Session::size(Measured &measured) {
    const bool is_window = measured.row.kind == Kind::window;
    const Taken taken = measured.program->measure(measured.row, 3, 1);
    measured.absent = taken.skipped;
    measured.failed = taken.failed;
    measured.samples = is_window ? plan_.windows : plan_.samples;
    if (taken.samples.empty() || is_window) {
        return;
    }
    double least = taken.samples[0].row;
    for (const auto &sample : taken.samples) {
        least = std::min(least, sample.row);
    }
    const double wanted = plan_.seconds_per_sample * machine_.ticks_per_second;
    measured.loops = static_cast<unsigned>(std::clamp(wanted / std::max(least, 1.0), 1.0, 1e5));
}

void Session::prepare() {
    if (const std::ofstream probe{options_.out}; !probe) {
        throw Stop{"--out " + options_.out + ": cannot be written"};
    }
    if (!options_.payload.empty()) {
        add_payload();
    }
    if (!options_.interposition.empty()) {
        add_interposition();
    }
    add(std::make_unique<Program>("alternative", std::vector{options_.alternative}, "getppid"));
    const bool payload_measured = options_.natively || machine_.has_protection_keys;
    if (!options_.stand_in.empty() && (!payload_measured || options_.with_stand_in)) {
        add(std::make_unique<Program>("stand_in", std::vector{options_.stand_in},
                                      "u of the stand-in"));
    }
    const std::regex filter{options_.filter};
    const auto is_wanted = [&](const Measured &measured) {
        return std::regex_search(measured.row.name, filter);
    };
    if (std::none_of(rows_.begin(), rows_.end(), is_wanted)) {
        throw Stop{"--filter " + options_.filter + ": no row has such a name", wrong_use};
    }
    std::erase_if(rows_, [&](const Measured &measured) {
        return !is_wanted(measured) && !is_yardstick(measured.row);
    });
    for (auto &measured : rows_) {
        if (measured.program != nullptr) {
            size(measured);
        }
    }
}

Repetition Session::repeat(const Measured &measured, std::string &failure) {
    using Clock = std::chrono::steady_clock;
    Repetition kept{};
    for (unsigned turn = 0;; ++turn) {
        const auto begin = Clock::now();
        const Taken taken =
            measured.program->measure(measured.row, measured.samples, measured.loops);
        if (taken.samples.empty()) {
            failure = taken.failed.empty() ? taken.skipped : taken.failed;
            return kept;
        }
        const Repetition found = repetition_of(taken.samples);
        note_best(measured.row, found.second);
        if (turn == 0 || found.second < kept.second) {
            kept = found;
        }
        kept.retries = turn;
        if (!is_noisy(measured.row, kept.second) || turn >= plan_.retries ||
            retry_seconds_left_ <= 0) {
            return kept;
        }
        retry_seconds_left_ -= std::chrono::duration<double>(Clock::now() - begin).count();
    }
}

/// The best yardstick of the run is known only at the end.
void Session::mark_noise() {
    for (auto &measured : rows_) {
        for (auto &repetition : measured.repetitions) {
            repetition.noisy = is_noisy(measured.row, repetition.second);
        }
    }
}

double Session::expected_seconds() const {
    double seconds = 0;
    for (const auto &measured : rows_) {
        if (measured.program != nullptr && measured.absent.empty()) {
            const double one = measured.row.kind == Kind::window ? 5e-6 : plan_.seconds_per_sample;
            seconds += plan_.repetitions * (0.02 + 2.5 * measured.samples * one);
        }
    }
    return seconds;
}

} // namespace driver
