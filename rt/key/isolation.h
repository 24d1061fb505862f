/// What keeps domains apart in this process.
#pragma once

#include <stdint.h>

namespace rt::key {

///   keys  protection keys
///   none  nothing: every domain reaches all memory. For programs that ask for it, on machines
///   without
///         protection keys, where no instruction on PKRU is ever executed (rt/start/isolate.h)
enum class Isolation : uint8_t { keys, none };

/// Keys, unless start-up has said otherwise before anything was done with them.
Isolation isolation();
void set_isolation(Isolation isolation);

} // namespace rt::key
