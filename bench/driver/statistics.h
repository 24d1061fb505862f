/// Medians, percentiles, and when a repetition is believed.
#pragma once

#include <string>
#include <vector>

#include "bench/driver/program.h"

namespace driver {

/// A repetition whose yardstick is above so many times the best of the run is noisy.
inline constexpr double quiet_limit = 1.08;

/// The value below which the share `part` of `values` lies; they need not be sorted.
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
    // Medians of what each sample says: both its columns are of the same moment.
    double ratio;
    double difference;
    unsigned retries = 0;
    bool noisy = false;
};

Repetition repetition_of(const Samples &samples);

/// A row over its repetitions: medians of the quiet ones, or of all where none was quiet.
struct Summary {
    Repetition typical;
    double spread; // of the repetitions' ratios: largest less smallest, as a part of the median
    unsigned used; // for these figures
    unsigned quiet;
    unsigned repetitions;
};

Summary summary_of(const std::vector<Repetition> &repetitions);

} // namespace driver
