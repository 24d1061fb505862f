/// What do dispatch and seccomp filter cost a call that makes no system call? Nothing: 1.00 of the
/// same call without them.
#include "bench/interposition/child.h"
#include "bench/interposition/rows.h"
#include "bench/payload/dispatch.h"
#include "bench/payload/guest.h"

namespace bench {

namespace {

constexpr auto question =
    "What do dispatch and seccomp filter cost a call without a system call? 1.00 is nothing";
constexpr auto yardstick = "the same without them";

using Untrusted = Guest<Domain::untrusted>;

void call_untrusted() {
    must(rt::call<Domain::untrusted>(Untrusted::nothing));
}

void call_trusted() {
    must(rt::call<Domain::trusted>(Guest<Domain::trusted>::nothing));
}

void service(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Untrusted::ask_for_nothing, loops));
}

void cross_call(uint64_t loops) {
    must(rt::call<Domain::untrusted>(Untrusted::cross_to_peer, loops));
}

/// Dispatch on and off in one process: the same code and data at the same addresses.
template <Timed run>
constexpr Row armed(const char *name) {
    return {name, Kind::loop, question, run, disarmed<run>, yardstick};
}

/// Two children, one with dispatch and filter, one without. Both run on pages that fork has copied.
template <Timed run>
constexpr Row behind_both(const char *name) {
    return {name,
            Kind::loop,
            question,
            behind<run, Interposition::dispatch_and_filter>,
            behind<run, Interposition::none>,
            yardstick};
}

constexpr Row table[] = {
    armed<repeated<call_untrusted>>("dispatch_call_untrusted"),
    armed<repeated<call_trusted>>("dispatch_call_trusted"),
    armed<timed<service>>("dispatch_service"),
    armed<timed<cross_call>>("dispatch_domain_to_domain"),
    behind_both<repeated<call_untrusted>>("both_call_untrusted"),
    behind_both<timed<cross_call>>("both_domain_to_domain"),
};

} // namespace

constinit const Rows untouched_rows = rows_of(table);

} // namespace bench
