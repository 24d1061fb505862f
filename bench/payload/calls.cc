/// What does a call into a domain cost, beside a call inside one program?
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "What does one call cost?";

using Distrusted = Guest<Domain::distrusted>;
using Trusted = Guest<Domain::trusted>;

constinit void (*volatile pointer)() = bench_nothing;

void call_through_pointer() {
    pointer();
}

void call_distrusting() {
    must(rt::call<Domain::distrusted>(Distrusted::nothing));
}

void call_distrusting_six() {
    must(rt::call<Domain::distrusted>(Distrusted::six, 1ul, 2ul, 3ul, 4ul, 5ul, 6ul));
}

void call_distrusting_lending() {
    must(rt::call_lending<Domain::distrusted, rt::Writing<Domain::lent>>(Distrusted::nothing));
}

void call_trusting() {
    must(rt::call<Domain::trusted>(Trusted::nothing));
}

void call_trusting_six() {
    must(rt::call<Domain::trusted>(Trusted::six, 1ul, 2ul, 3ul, 4ul, 5ul, 6ul));
}

/// Asked for by the domain, in one long call.
void service_distrusting(uint64_t loops) {
    must(rt::call<Domain::distrusted>(Distrusted::ask_for_nothing, loops));
}

void service_trusting(uint64_t loops) {
    must(rt::call<Domain::trusted>(Trusted::ask_for_nothing, loops));
}

constexpr Row table[] = {
    {"pair", Kind::loop, question, pairs, pairs, unit},
    {"call_ret", Kind::loop, question, repeated<bench_nothing>, pairs, unit},
    {"call_ret_by_pointer", Kind::loop, question, repeated<call_through_pointer>, pairs, unit},
    {"call_trusting", Kind::loop, question, repeated<call_trusting>, pairs, unit},
    {"call_trusting_six_arguments", Kind::loop, question, repeated<call_trusting_six>, pairs, unit},
    {"call_distrusting", Kind::loop, question, repeated<call_distrusting>, pairs, unit},
    {"call_distrusting_six_arguments", Kind::loop, question, repeated<call_distrusting_six>, pairs,
     unit},
    {"call_distrusting_lending", Kind::loop, question, repeated<call_distrusting_lending>, pairs,
     unit},
    {"service_trusting", Kind::loop, question, timed<service_trusting>, pairs, unit},
    {"service_distrusting", Kind::loop, question, timed<service_distrusting>, pairs, unit},
};

} // namespace

constinit const Rows call_rows = rows_of(table);

} // namespace bench
