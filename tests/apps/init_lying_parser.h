/// init's parser, taken over whole by an attacker: it says what the test wants it to say.
#pragma once

#include "apps/init/parser.h"

namespace init::parser {

/// What the next call of parse() answers and hands over, or a fault.
struct Lie {
    uint64_t verdict;
    Directive directive;
    bool faults;
};
extern Lie lie;

/// What the last call found in `directive`.
extern Directive found;

/// Memory of its own, where a command may lie.
extern char own[2048];

} // namespace init::parser
