/// Prints the rows that differ between two files of figures by more than their own noise.
///
///   bench_changes OLD NEW
///
/// A row has moved if the ranges of its ratios in both files do not overlap and the medians differ
/// by more than a twentieth. Yardsticks alone differ by up to that between quiet runs.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "bench/driver/json.h"
#include "bench/driver/process.h"

namespace {

using driver::Json;
using Ratios = std::vector<double>; // ratios of the repetitions to the yardstick
using Rows = std::map<std::string, Ratios>;

constexpr double least_move = 0.05;

Rows read_rows(const std::string &path) {
    std::ifstream file{path};
    std::stringstream text;
    text << file.rdbuf();
    const Json whole = driver::parse_json(text.str());
    Rows rows;
    for (const Json &entry : whole.at("benchmarks").array) {
        const Json &ratio = entry.at("yardsticks");
        if (entry.at("run_type").string == "iteration" && ratio.kind == Json::Kind::number) {
            const std::string &name = entry.at("name").string; // FOLDER/ROW/iterations:...
            rows[name.substr(0, name.find('/', name.find('/') + 1))].push_back(ratio.number);
        }
    }
    if (rows.empty()) {
        throw driver::Stop{path + ": holds no figures of toolchain/bench", driver::wrong_use};
    }
    for (auto &[name, ratios] : rows) {
        std::sort(ratios.begin(), ratios.end());
    }
    return rows;
}

double median(const Ratios &sorted) {
    return sorted[sorted.size() / 2];
}

bool moved(const Ratios &old, const Ratios &now) {
    const bool apart = now.front() > old.back() || now.back() < old.front();
    return apart && std::abs(median(now) / median(old) - 1) > least_move;
}

void print_names(const char *what, const Rows &rows, const Rows &others) {
    for (const auto &[name, ratios] : rows) {
        if (!others.contains(name)) {
            std::cout << name << ": " << what << '\n';
        }
    }
}

void print_changes(const Rows &old, const Rows &now) {
    std::size_t alike = 0;
    for (const auto &[name, ratios] : now) {
        const auto before = old.find(name);
        if (before == old.end()) {
            continue;
        }
        if (!moved(before->second, ratios)) {
            ++alike;
            continue;
        }
        const double factor = median(ratios) / median(before->second);
        std::cout << name << std::setprecision(3) << ": " << median(ratios)
                  << " x its yardstick, was " << median(before->second) << std::showpos << " ("
                  << std::round(100 * (factor - 1)) << std::noshowpos << " %)\n";
    }
    print_names("measured now, and not before", now, old);
    print_names("measured before, and not now", old, now);
    std::cout << alike << " rows as before, within their noise\n";
}

} // namespace

int main(int count, char **arguments) {
    try {
        if (count != 3) {
            throw driver::Stop{"usage: bench_changes OLD NEW", driver::wrong_use};
        }
        print_changes(read_rows(arguments[1]), read_rows(arguments[2]));
        return 0;
    } catch (const driver::Stop &stop) {
        std::cerr << "bench_changes: " << stop.message << '\n';
        return stop.exit_status;
    }
}
