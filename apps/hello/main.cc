/// The smallest whole app: one call that works and one that faults.
#include "apps/hello/greeter.h"

rt::Exit main(rt::Arguments) {
    const auto sum = rt::call<Domain::greeter>(add, 1ul, 2ul);
    if (sum) {
        rt::log("sum {}", sum.value());
    } else {
        rt::log("{}", sum.fault());
    }
    const auto ruined = rt::call<Domain::greeter>(ruin);
    if (!ruined) {
        rt::log("{}", ruined.fault());
    }
    return rt::Exit::success;
}
