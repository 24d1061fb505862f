/// What does a call from one domain to another cost?
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "What does a call from one domain to another cost?";

using Distrusted = Guest<Domain::distrusted>;

void by_service(uint64_t loops) {
    must(rt::call<Domain::distrusted>(Distrusted::ask_for_peer, loops));
}

void crossing(uint64_t loops) {
    must(rt::call<Domain::distrusted>(Distrusted::cross_to_peer, loops));
}

void crossing_to_trusted(uint64_t loops) {
    must(rt::call<Domain::distrusted>(Distrusted::cross_to_trusted, loops));
}

void least(uint64_t loops) {
    must(rt::call<Domain::distrusted>(Distrusted::floor_to_peer, loops));
}

constexpr Row table[] = {
    {"floor_domain_to_domain", Kind::loop, question, timed<least>, pairs, unit},
    {"domain_to_domain", Kind::loop, question, timed<crossing>, pairs, unit},
    {"domain_to_domain_into_trusting", Kind::loop, question, timed<crossing_to_trusted>, pairs,
     unit},
    {"domain_to_domain_by_service", Kind::loop, question, timed<by_service>, pairs, unit},
};

} // namespace

constinit const Rows across_rows = rows_of(table);

} // namespace bench
