/// What the monitor of the bench does for its domains.
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/numbers.h"
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
    return static_cast<uint64_t>(rt::sys::call_raw(number::getppid));
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
// The guest's getppid has no row, so that it is refused.
POSTERN_CALLS(
    rt::policy::answer(Domain::distrusted, bench::number::getuid, rt::Errno::not_implemented),
    rt::policy::perform(Domain::distrusted, bench::number::getpid),
    rt::policy::perform(Domain::distrusted, bench::number::pwrite64, rt::policy::descriptor(),
                        rt::policy::bytes_in(2), rt::policy::scalar()),
    rt::policy::perform(Domain::distrusted, bench::number::pread64, rt::policy::descriptor(),
                        rt::policy::bytes_out(2), rt::policy::scalar()));
