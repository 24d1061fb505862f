/// The services of the bench, its granted system calls and its cross calls.
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/numbers.h"
#include "rt/sys/call.h"

namespace bench {

namespace {

void handle_nothing(Domain) {}

uint64_t handle_deeper(Domain, uint64_t gates) {
    return gates > 1 ? must(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::dive, gates - 1))
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
                 rt::provide<bench::deeper_service, bench::handle_deeper>(Domain::untrusted),
                 rt::provide<bench::parent_service, bench::handle_parent>(rt::Callers::any()),
                 rt::provide<bench::peer_service, bench::handle_peer>(Domain::untrusted));
POSTERN_CROSS_CALLS(bench::to_peer, bench::to_trusted);
// The guest's getppid has no row, so that it is refused.
POSTERN_CALLS(
    rt::syscall::answer(Domain::untrusted, bench::number::getuid, rt::Errno::not_implemented),
    rt::syscall::grant(Domain::untrusted, bench::number::getpid),
    rt::syscall::grant(Domain::untrusted, bench::number::pwrite64, rt::syscall::descriptor(),
                       rt::syscall::bytes_in(2), rt::syscall::scalar()),
    rt::syscall::grant(Domain::untrusted, bench::number::pread64, rt::syscall::descriptor(),
                       rt::syscall::bytes_out(2), rt::syscall::scalar()));
