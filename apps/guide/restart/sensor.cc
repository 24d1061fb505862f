/// The sensor: a domain that faults on some of its input.
#include "parts.h"

uint64_t sensor::measure(uint64_t divisor) {
    return 100 / divisor;
}
