/// Ratios between rows of one session.
#pragma once

#include <optional>
#include <vector>

#include "bench/driver/session.h"

namespace driver {

/// Whether a yardstick is common to all tables; the others belong to their rows.
bool is_common(const std::string &yardstick);

/// The row's summary, if it was measured.
std::optional<Summary> summary(const Measured *measured);

/// The median cycles of a common yardstick, or those of a microsecond, `us`; nothing if it was not
/// measured.
std::optional<double> cycles_of(const Session &session, const std::string &yardstick);

/// The row in units of a yardstick, by its own second column if that is the yardstick.
std::optional<double> ratio(const Session &session, const Measured &measured,
                            const std::string &yardstick);

} // namespace driver
