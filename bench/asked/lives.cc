/// Domains with policies, each in its second life.
#include "bench/asked/lives.h"

#include "bench/payload/must.h"

namespace bench {

namespace {

uint64_t write_null() {
    *reinterpret_cast<volatile char *>(uintptr_t{0}) = 0;
    return 0;
}

rt::Verdict decide(Domain, const rt::Fault &) {
    return rt::Verdict::restart;
}

template <Domain domain>
constexpr rt::Entry<domain, write_null> fault;

template <Domain domain>
void begin_life() {
    must_fault(rt::call<domain>(fault<domain>), rt::FaultKind::write);
    if (rt::life_of(domain) != 2) {
        rt::panic("a domain with a policy is in life {}", rt::life_of(domain));
    }
}

} // namespace

void begin_lives() {
    begin_life<Domain::untrusted>();
    begin_life<Domain::trusted>();
    begin_life<Domain::peer>();
}

} // namespace bench

POSTERN_ON_FAULT(rt::restart_always(Domain::untrusted), rt::ask(Domain::trusted, bench::decide),
                 rt::restart_at_most(Domain::peer, 1000, rt::per_second));
