/// Ratios between rows of one session.
#include "bench/driver/figures.h"

#include <algorithm>

namespace driver {

bool is_common(const std::string &yardstick) {
    return yardstick == "u" || yardstick == "getppid";
}

std::optional<Summary> summary(const Measured *measured) {
    if (measured == nullptr || measured->repetitions.empty()) {
        return {};
    }
    return summary_of(measured->repetitions);
}

std::optional<double> cycles_of(const Session &session, const std::string &yardstick) {
    if (yardstick == "getppid") {
        const auto found = summary(session.find("alternative/getppid"));
        return found ? std::optional{found->typical.median} : std::nullopt;
    }
    if (yardstick == "us") {
        return session.machine().ticks_per_second / 1e6;
    }
    std::vector<double> seconds;
    for (const auto &measured : session.rows()) {
        const auto found = summary(&measured);
        if (found && measured.row.yardstick == yardstick && measured.row.kind == Kind::loop) {
            seconds.push_back(found->typical.second);
        }
    }
    return seconds.empty() ? std::nullopt : std::optional{median(seconds)};
}

std::optional<double> ratio(const Session &session, const Measured &measured,
                            const std::string &yardstick) {
    const auto found = summary(&measured);
    if (!found) {
        return {};
    }
    if (measured.row.yardstick == yardstick) {
        return found->typical.ratio;
    }
    const auto cycles = is_common(yardstick) ? cycles_of(session, yardstick) : std::nullopt;
    return cycles && *cycles > 0 ? std::optional{found->typical.median / *cycles} : std::nullopt;
}

} // namespace driver
