/// init's parser, taken over whole by an attacker: it says what the test wants it to say.
#include "tests/apps/init_lying_parser.h"

namespace init::parser {

char line[longest_line];
Directive directive;
Lie lie;
Directive found;
char own[2048];

Verdict parse(uint64_t, bool) {
    found = directive;
    directive = lie.directive;
    if (lie.faults) {
        __builtin_trap();
    }
    return static_cast<Verdict>(lie.verdict);
}

} // namespace init::parser
