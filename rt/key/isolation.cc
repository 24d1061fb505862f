/// What keeps domains apart in this process.
#include "rt/key/isolation.h"

#include "linker/symbols.h"

namespace rt::key {

namespace {

POSTERN_SETTLED Isolation chosen = Isolation::keys;

} // namespace

Isolation isolation() {
    return chosen;
}

void set_isolation(Isolation isolation) {
    chosen = isolation;
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
