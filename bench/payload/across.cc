/// What does a call from one domain to another cost?
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "What does a call from one domain to another cost?";

using Untrusted = Guest<Domain::untrusted>;

void by_service(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Untrusted::ask_for_peer, loops));
}

void cross_call(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Untrusted::cross_to_peer, loops));
}

void cross_call_to_trusted(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Untrusted::cross_to_trusted, loops));
}

void least(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Untrusted::floor_to_peer, loops));
}

constexpr Row table[] = {
    {"floor_domain_to_domain", Kind::loop, question, timed<least>, pairs, unit},
    {"domain_to_domain", Kind::loop, question, timed<cross_call>, pairs, unit},
    {"domain_to_domain_into_trusted", Kind::loop, question, timed<cross_call_to_trusted>, pairs,
     unit},
    {"domain_to_domain_by_service", Kind::loop, question, timed<by_service>, pairs, unit},
};

} // namespace

constinit const Rows across_rows = rows_of(table);

} // namespace bench
