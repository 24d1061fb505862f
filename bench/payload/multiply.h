/// Real work whose length is known: a chain of multiplications.
#pragma once

#include <stdint.h>

namespace bench {

/// `count` multiplications, each of which depends on the one before.
[[gnu::noinline]] uint64_t multiply(uint64_t value, uint64_t count);

} // namespace bench
