/// How the app's main ends.
#pragma once

#include <stdint.h>

namespace rt::start {

/// The program's exit status; `failure` and `usage` are the customary ones, others are cast.
enum class Exit : uint8_t { success = 0, failure = 1, usage = 2 };

} // namespace rt::start
