/// A trusted domain to be debugged that calls another one.
#include "tests/debug/domains.h"

uint64_t guide::lead(uint64_t words) {
    return to_companion(words).value_or(0) + 1;
}
