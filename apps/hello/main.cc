/// The smallest whole app: one call that works and one that faults.
#include "greeter.h"

namespace {

volatile uint64_t diary = 42; // of the monitor, which the greeter cannot read

} // namespace

rt::Exit main(rt::Arguments) {
    const auto greeted = rt::call<Domain::greeter>(greet, 3ul);
    if (!greeted) {
        rt::log("{}", greeted.fault());
        return rt::Exit::failure;
    }
    rt::log("greeted: {}", greeted.value());

    const auto pried = rt::call<Domain::greeter>(pry, reinterpret_cast<uint64_t>(&diary));
    if (pried) {
        rt::log("the greeter knows the diary: {}", pried.value());
        return rt::Exit::failure;
    }
    rt::log("{}", pried.fault());
    return rt::Exit::success;
}
