/// The user: code that needs nothing but the stack it is given, and ends in one of three ways.
#pragma once

#include "rt/rt.h"

/// The app's, in the monitor's memory.
extern volatile uint32_t trusted_word;

namespace user {

/// Works on its stack and returns; the result is PKRU as the user itself reads it.
uint32_t finish();
/// Divides by zero: SIGFPE.
uint32_t divide();
/// Reads the app's word: SIGSEGV.
uint32_t trespass();

} // namespace user
