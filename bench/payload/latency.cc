/// How long does one call take, from the instruction before it to the one after it?
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "How long does one call take, between two fences, including the fences?";

void call_trusted() {
    must(rt::call<Domain::trusted>(Guest<Domain::trusted>::nothing));
}
void call_untrusted() {
    must(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::nothing));
}

template <auto once>
constexpr Row window(const char *name) {
    return {name, Kind::window, question, repeated<once>, pairs, unit};
}

constexpr Row table[] = {
    window<bench_nothing>("latency_call_ret"),
    window<call_trusted>("latency_call_trusted"),
    window<call_untrusted>("latency_call_untrusted"),
};

} // namespace

constinit const Rows latency_rows = rows_of(table);

} // namespace bench
