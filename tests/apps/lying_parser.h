/// A parser that an attacker has taken over whole: it says what the test wants it to say.
#pragma once

#include "apps/signer/parser.h"

namespace signer::parser {

/// The answer of the next call of parse(), and the memory that it hands over.
struct Lie {
    uint64_t verdict;
    Request request;
    bool falls = false; // after it has written the request
};
extern Lie lie;

/// Memory of its own, where a path may be.
extern char own[64];

} // namespace signer::parser
