/// The tables of an image whose domains are not to ask for restarts.
#include "tests/rt/life/worker.h"

namespace {

uint64_t refuse(Domain, uint64_t) {
    return 0;
}

} // namespace

POSTERN_SERVICES(rt::provide<worker::restart, refuse>(rt::Callers::any()),
                 rt::provide<worker::have_bob_ask, refuse>(rt::Callers::any()));
POSTERN_CROSS_CALLS(worker::to_bob, worker::to_alice);
