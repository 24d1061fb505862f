/// init's parser, taken over whole by an attacker: it says what the test wants it to say.
#pragma once

#include "apps/init/parser.h"

namespace init::parser {

/// The answer of the next call of parse(), and the memory that it hands over; or a fault.
struct Lie {
    uint64_t verdict;
    Directive directive;
    bool faults;
};
extern Lie lie;

/// The contents of `directive` at the last call.
extern Directive found;

/// Memory of its own, where a command may be.
extern char own[2048];

} // namespace init::parser
