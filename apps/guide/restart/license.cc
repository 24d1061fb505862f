/// The license: a domain that is not to be asked again after a fault.
#include "parts.h"

bool license::check(uint64_t code) {
    return 84 / code == 2;
}
