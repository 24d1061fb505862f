/// Calls that do not fault. The same object is in two images: one with heaps, policies and
/// restarted lives, and one with none of them.
#include "bench/asked/guest.h"
#include "bench/asked/lives.h"
#include "bench/asked/serve.h"
#include "bench/payload/must.h"

namespace bench {

namespace {

constexpr rt::Entry<Domain::untrusted, guest::nothing> nothing;
constexpr rt::Entry<Domain::trusted, guest::nothing> trusted_nothing;
constexpr rt::Entry<Domain::untrusted, guest::ask> ask;
constexpr rt::Entry<Domain::untrusted, guest::cross<Domain::untrusted>> cross;

uint64_t call_untrusted(uint64_t loops) {
    const uint64_t begin = now();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        must(rt::call<Domain::untrusted>(nothing));
    }
    return now() - begin;
}

uint64_t call_trusted(uint64_t loops) {
    const uint64_t begin = now();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        must(rt::call<Domain::trusted>(trusted_nothing));
    }
    return now() - begin;
}

uint64_t service(uint64_t loops) {
    const uint64_t begin = now();
    must(rt::call<Domain::untrusted>(ask, loops));
    return now() - begin;
}

uint64_t domain_to_domain(uint64_t loops) {
    const uint64_t begin = now();
    must(rt::call<Domain::untrusted>(cross, loops));
    return now() - begin;
}

constexpr AskedRow rows[] = {
    {"call_untrusted", call_untrusted},
    {"call_trusted", call_trusted},
    {"service", service},
    {"domain_to_domain", domain_to_domain},
};

} // namespace

} // namespace bench

BENCH_GUEST_TABLES(Domain::untrusted);

rt::Exit main(rt::Arguments arguments) {
    bench::begin_lives();
    return bench::serve(bench::rows, arguments);
}
