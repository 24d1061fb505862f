/// The app's options, as words of the linker script (linker/options.inc has them, and their
/// meaning).
#pragma once

#include <stdint.h>

extern "C" {
/// 1 where the app has the option, else 0.
#define OPTION(field, ...) extern const uint32_t __option_##field;
/// Bit n: the app names n.
#define NUMBERS(field, ...) extern const uint64_t __option_##field;
#include "linker/options.inc"
}
