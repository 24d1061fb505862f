/// What keeps domains apart in this process.
#include "rt/key/isolation.h"

#include "linker/symbols.h"

namespace rt::key {

namespace {

POSTERN_SETTLED Isolation chosen = Isolation::keys;

constexpr unsigned first_own = index_of(domain_with(POSTERN_NUMBER_FIRST_OWN));

} // namespace

POSTERN_SETTLED unsigned first_apart = first_own;

Isolation isolation() {
    return chosen;
}

void set_isolation(Isolation isolation) {
    chosen = isolation;
    switch (isolation) {
    case Isolation::keys:
        first_apart = first_own;
        break;
    case Isolation::spaces:
        first_apart = index_of(no_domain) + 1;
        break;
    case Isolation::none:
        first_apart = ~0u;
        break;
    }
}

const char *name_of(Isolation isolation) {
    switch (isolation) {
    case Isolation::keys:
        return "keys";
    case Isolation::spaces:
        return "spaces";
    case Isolation::none:
        return "none";
    }
    return "unknown";
}

} // namespace rt::key
