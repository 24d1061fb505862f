/// A parser that an attacker has taken over whole: it says what the test wants it to say.
#pragma once

#include "apps/signer/parser.h"

namespace signer::parser {

/// What the next call of parse() answers and hands over.
struct Lie {
    uint64_t verdict;
    Request request;
};
extern Lie lie;

/// Memory of its own, where a path may lie.
extern char own[64];

} // namespace signer::parser
