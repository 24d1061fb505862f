/// Medians, percentiles, and the recognition of noisy repetitions.
#pragma once

#include <string>
#include <vector>

#include "bench/driver/program.h"

namespace driver {

/// A repetition is noisy if its yardstick is above this multiple of the best one of the run.
inline constexpr double quiet_limit = 1.08;

/// The value below which the share `part` of `values` is; they need not be sorted.
double percentile(std::vector<double> values, double part);
double median(std::vector<double> values);

/// One run of one row.
struct Repetition {
    double median;
    double minimum;
    double p90;
    double p99;
    double maximum;
    double second; // median cycles of the yardstick
    // Medians of figures of each sample, whose two columns are measured at the same time.
    double ratio;
    double difference;
    unsigned retries = 0;
    bool noisy = false;
};

Repetition repetition_of(const Samples &samples);

/// A row over its repetitions: medians of the quiet ones, or of all if none was quiet.
struct Summary {
    Repetition typical;
    double spread; // largest less smallest ratio of the repetitions, as a part of the median
    unsigned used; // repetitions used for these figures
    unsigned quiet;
    unsigned repetitions;
};

Summary summary_of(const std::vector<Repetition> &repetitions);

} // namespace driver
