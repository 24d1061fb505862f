/// What the monitor of the bench does for its domains.
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "rt/sys/call.h"

namespace bench {

namespace {

void handle_nothing(Domain) {}

uint64_t handle_deeper(Domain, uint64_t gates) {
    return gates > 1
               ? must(rt::call<Domain::distrusted>(Guest<Domain::distrusted>::dive, gates - 1))
               : 0;
}

uint64_t handle_parent(Domain) {
    constexpr long getppid = 110; // [linux syscall_64.tbl v6.12]
    return static_cast<uint64_t>(rt::sys::call_raw(getppid));
}

uint64_t handle_peer(Domain) {
    return must(rt::call<Domain::peer>(Guest<Domain::peer>::nothing));
}

} // namespace

} // namespace bench

POSTERN_SERVICES(rt::provide<bench::nothing_service, bench::handle_nothing>(rt::Callers::any()),
                 rt::provide<bench::deeper_service, bench::handle_deeper>(Domain::distrusted),
                 rt::provide<bench::parent_service, bench::handle_parent>(rt::Callers::any()),
                 rt::provide<bench::peer_service, bench::handle_peer>(Domain::distrusted));
POSTERN_CROSSINGS(bench::to_peer, bench::to_trusted);
