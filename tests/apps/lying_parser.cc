/// A parser that an attacker has taken over whole: it says what the test wants it to say.
#include "tests/apps/lying_parser.h"

namespace signer::parser {

char line[longest_line + 1];
Request request;
Lie lie;
char own[64];

Verdict parse(uint64_t, bool) {
    request = lie.request;
    if (lie.falls) {
        *reinterpret_cast<volatile char *>(8) = 0;
    }
    return static_cast<Verdict>(lie.verdict);
}

} // namespace signer::parser
