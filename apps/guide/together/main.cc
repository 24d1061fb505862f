/// Two domains that work together by the tables here.
#include "shop.h"

namespace {

constexpr uint64_t prices[] = {0, 250, 400};

/// Answers the shop. `thing` is not checked yet.
uint64_t handle_price(Domain, uint64_t thing) {
    return thing < sizeof prices / sizeof *prices ? prices[thing] : 0;
}

} // namespace

// The domains that may use each service, and the permitted cross calls.
POSTERN_SERVICES(rt::provide<price, handle_price>(Domain::shop));
POSTERN_CROSS_CALLS(sign_for_shop);

rt::Exit main(rt::Arguments) {
    constexpr uint64_t things[] = {1, 2, 77};
    if (!rt::copy_to_domain<Domain::inbox>(rt::Claimed::of(inbox::things), things, sizeof things)) {
        return rt::Exit::failure;
    }
    const auto sum = rt::call_lending<Domain::shop, rt::Reading<Domain::inbox>>(add_up, 3ul);
    if (!sum) {
        rt::log("{}", sum.fault());
        return rt::Exit::failure;
    }
    rt::log("sum: {}", sum.value());

    // The same call without the loan: the inbox is closed.
    const auto refused = rt::call<Domain::shop>(add_up, 3ul);
    if (refused) {
        return rt::Exit::failure;
    }
    rt::log("{}", refused.fault());

    rt::log("signature: {}", rt::call<Domain::shop>(bill, sum.value()).value_or(0));
    rt::log("signature of 0: {}", rt::call<Domain::shop>(bill, 0ul).value_or(99));
    return rt::Exit::success;
}
