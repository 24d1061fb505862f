/// A library that two domains and the app have, each a version of its own: STEP.
#pragma once

#include "rt/rt.h"

namespace library {

uint64_t count(uint64_t by);

inline uint64_t inline_count = 0;

template <class T>
T template_count = STEP;

/// A table of virtual functions, one for all objects that have it.
struct Counter {
    [[gnu::noinline]] virtual uint64_t count(uint64_t by) { return counted += STEP * by; }
    uint64_t counted = 0;
};

/// A variable of a data domain: one for all that have it.
POSTERN_DATA(board) inline uint64_t shared_count = 0;

} // namespace library

/// As a C compiler has variables without an initial value.
extern "C" uint64_t library_common;
asm(".comm library_common, 8, 8");
