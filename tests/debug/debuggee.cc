/// The program that tests/debug/in_gdb runs: one call that works and one that faults.
#include "tests/debug/alice.h"

rt::Exit main(rt::Arguments) {
    const auto weight = rt::call<Domain::alice>(weigh, 6ul, 7ul);
    const auto fallen = rt::call<Domain::alice>(stumble, 4ul);
    if (!weight || fallen) {
        return rt::Exit::failure;
    }
    rt::log("weight {}", weight.value());
    rt::log("{}", fallen.fault());
    return rt::Exit::success;
}
