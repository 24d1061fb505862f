/// What keeps domains apart in this process.
#pragma once

#include <stdint.h>

namespace rt::key {

/// Protection keys, or nothing: with `none` every domain reaches all memory. That is for programs
/// that ask for it, on machines without protection keys. No instruction on PKRU is ever executed
/// there (rt/start/isolate.h).
enum class Isolation : uint8_t { keys, none };

/// Keys, unless start-up has chosen otherwise, which it does before it uses any key.
Isolation isolation();
void set_isolation(Isolation isolation);

} // namespace rt::key
