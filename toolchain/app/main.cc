/// The app of @NAME@: one call that works, and one whose fault is a value.
#include "guest.h"

namespace {

volatile uint64_t secret = 42;

} // namespace

rt::Exit main(rt::Arguments) {
    const auto total = rt::call<Domain::guest>(add, 3ul);
    if (!total) {
        rt::log("{}", total.fault());
        return rt::Exit::failure;
    }
    rt::log("total: {}", total.value());

    const auto written = rt::call<Domain::guest>(write_to, reinterpret_cast<uint64_t>(&secret));
    if (written) {
        rt::log("the guest wrote to the app's memory");
        return rt::Exit::failure;
    }
    rt::log("{}", written.fault());
    rt::log("secret: {}", uint64_t{secret});
    return rt::Exit::success;
}
