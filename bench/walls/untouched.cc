/// What do the walls cost a call that makes no system call? Nothing: 1.00 of the same call without.
#include "bench/payload/dispatch.h"
#include "bench/payload/guest.h"
#include "bench/walls/child.h"
#include "bench/walls/rows.h"

namespace bench {

namespace {

constexpr auto question =
    "What do the walls cost a call that makes no system call? 1.00 is nothing";
constexpr auto yardstick = "the same without a wall";

using Distrusted = Guest<Domain::distrusted>;

void call_distrusting() {
    must(rt::call<Domain::distrusted>(Distrusted::nothing));
}

void call_trusting() {
    must(rt::call<Domain::trusted>(Guest<Domain::trusted>::nothing));
}

void service(uint64_t loops) {
    must(rt::call<Domain::distrusted>(Distrusted::ask_for_nothing, loops));
}

void crossing(uint64_t loops) {
    must(rt::call<Domain::distrusted>(Distrusted::cross_to_peer, loops));
}

/// Dispatch on and off in one process: the same code and data at the same addresses.
template <Timed run>
constexpr Row armed(const char *name) {
    return {name, Kind::loop, question, run, disarmed<run>, yardstick};
}

/// Two children, one with all walls and one with none: fork has copied the pages of both.
template <Timed run>
constexpr Row behind_both(const char *name) {
    return {name,
            Kind::loop,
            question,
            behind<run, Walls::dispatch_and_filter>,
            behind<run, Walls::none>,
            yardstick};
}

constexpr Row table[] = {
    armed<repeated<call_distrusting>>("dispatch_call_distrusting"),
    armed<repeated<call_trusting>>("dispatch_call_trusting"),
    armed<timed<service>>("dispatch_service"),
    armed<timed<crossing>>("dispatch_domain_to_domain"),
    behind_both<repeated<call_distrusting>>("both_walls_call_distrusting"),
    behind_both<timed<crossing>>("both_walls_domain_to_domain"),
};

} // namespace

constinit const Rows untouched_rows = rows_of(table);

} // namespace bench
