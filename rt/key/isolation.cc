/// What keeps domains apart in this process.
#include "rt/key/isolation.h"

namespace rt::key {

namespace {

constinit Isolation chosen = Isolation::keys;

} // namespace

Isolation isolation() {
    return chosen;
}

void set_isolation(Isolation isolation) {
    chosen = isolation;
}

} // namespace rt::key
