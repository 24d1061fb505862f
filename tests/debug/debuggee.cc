/// The program that tests/debug/in_gdb runs: three calls that work and one that faults.
#include "tests/debug/domains.h"

POSTERN_CROSS_CALLS(to_companion);

rt::Exit main(rt::Arguments) {
    const auto weight = rt::call<Domain::stranger>(weigh, 6ul, 7ul);
    const auto guests = rt::call<Domain::companion>(greet, 2ul);
    const auto led = rt::call<Domain::guide>(lead, 3ul);
    const auto fallen = rt::call<Domain::stranger>(stumble, 4ul);
    if (!weight || !guests || led.value_or(0) != 7 || fallen) {
        return rt::Exit::failure;
    }
    rt::log("weight {}", weight.value());
    rt::log("{}", fallen.fault());
    return rt::Exit::success;
}
