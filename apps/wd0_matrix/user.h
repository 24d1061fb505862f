/// The user: code that needs only its stack, and ends in one of three ways.
#pragma once

#include "rt/rt.h"

/// A variable of the app, in the monitor's memory.
extern volatile uint32_t trusted_word;

namespace user {

/// Works on its stack and returns PKRU, which the user itself reads.
uint32_t finish();
/// Divides by zero: SIGFPE.
uint32_t divide();
/// Reads the app's variable: SIGSEGV.
uint32_t trespass();

} // namespace user
