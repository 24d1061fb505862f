/// Medians, percentiles, and the recognition of noisy repetitions.
#include "bench/driver/statistics.h"

#include <algorithm>
#include <cmath>

namespace driver {

namespace {

std::vector<double> column(const std::vector<Repetition> &repetitions, double Repetition::*member) {
    std::vector<double> values;
    for (const auto &repetition : repetitions) {
        values.push_back(repetition.*member);
    }
    return values;
}

} // namespace

double percentile(std::vector<double> values, double part) {
    const auto last = static_cast<double>(values.size() - 1);
    const auto at = static_cast<std::ptrdiff_t>(std::lround(part * last));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

double median(std::vector<double> values) {
    return percentile(std::move(values), 0.5);
}

Repetition repetition_of(const Samples &samples) {
    std::vector<double> rows;
    std::vector<double> seconds;
    std::vector<double> ratios;
    std::vector<double> differences;
    for (const auto &sample : samples) {
        rows.push_back(sample.row);
        seconds.push_back(sample.second);
        ratios.push_back(sample.second > 0 ? sample.row / sample.second : 0);
        differences.push_back(sample.row - sample.second);
    }
    return {.median = median(rows),
            .minimum = percentile(rows, 0),
            .p90 = percentile(rows, 0.9),
            .p99 = percentile(rows, 0.99),
            .maximum = percentile(rows, 1),
            .second = median(seconds),
            .ratio = median(ratios),
            .difference = median(differences)};
}

Summary summary_of(const std::vector<Repetition> &repetitions) {
    std::vector<Repetition> used;
    std::copy_if(repetitions.begin(), repetitions.end(), std::back_inserter(used),
                 [](const auto &repetition) { return !repetition.noisy; });
    const auto quiet = static_cast<unsigned>(used.size());
    if (used.empty()) {
        used = repetitions;
    }
    Repetition typical{};
    for (auto member :
         {&Repetition::median, &Repetition::minimum, &Repetition::p90, &Repetition::p99,
          &Repetition::maximum, &Repetition::second, &Repetition::ratio, &Repetition::difference}) {
        typical.*member = median(column(used, member));
    }
    const auto ratios = column(used, &Repetition::ratio);
    const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
    return {typical, typical.ratio > 0 ? (*most - *least) / typical.ratio : 0,
            static_cast<unsigned>(used.size()), quiet, static_cast<unsigned>(repetitions.size())};
}

} // namespace driver
