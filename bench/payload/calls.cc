/// What does a call into a domain cost, beside a call inside one program?
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "What does one call cost?";

using Untrusted = Guest<Domain::untrusted>;
using Trusted = Guest<Domain::trusted>;

constinit void (*volatile pointer)() = bench_nothing;

void call_through_pointer() {
    pointer();
}

void call_untrusted() {
    must(rt::call<Domain::untrusted>(Untrusted::nothing));
}

void call_untrusted_six() {
    must(rt::call<Domain::untrusted>(Untrusted::six, 1ul, 2ul, 3ul, 4ul, 5ul, 6ul));
}

void call_untrusted_lending() {
    must(rt::call_lending<Domain::untrusted, rt::Writing<Domain::lent>>(Untrusted::nothing));
}

void call_trusted() {
    must(rt::call<Domain::trusted>(Trusted::nothing));
}

void call_trusted_six() {
    must(rt::call<Domain::trusted>(Trusted::six, 1ul, 2ul, 3ul, 4ul, 5ul, 6ul));
}

/// The domain asks for it repeatedly, in one long call.
void service_untrusted(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Untrusted::ask_for_nothing, loops));
}

void service_trusted(uint64_t loops) {
    must(rt::call<Domain::trusted>(Trusted::ask_for_nothing, loops));
}

constexpr Row table[] = {
    {"pair", Kind::loop, question, pairs, pairs, unit},
    {"call_ret", Kind::loop, question, repeated<bench_nothing>, pairs, unit},
    {"call_ret_by_pointer", Kind::loop, question, repeated<call_through_pointer>, pairs, unit},
    {"call_trusted", Kind::loop, question, repeated<call_trusted>, pairs, unit},
    {"call_trusted_six_arguments", Kind::loop, question, repeated<call_trusted_six>, pairs, unit},
    {"call_untrusted", Kind::loop, question, repeated<call_untrusted>, pairs, unit},
    {"call_untrusted_six_arguments", Kind::loop, question, repeated<call_untrusted_six>, pairs,
     unit},
    {"call_untrusted_lending", Kind::loop, question, repeated<call_untrusted_lending>, pairs, unit},
    {"service_trusted", Kind::loop, question, timed<service_trusted>, pairs, unit},
    {"service_untrusted", Kind::loop, question, timed<service_untrusted>, pairs, unit},
};

} // namespace

constinit const Rows call_rows = rows_of(table);

} // namespace bench
