/// The program that tests/debug/in_gdb runs: three calls that work and one that faults. A word on
/// its command line names the core file of the domain that faulted. With a second word it waits for
/// a byte before the fault, so that a debugger may come.
#include "tests/debug/domains.h"

namespace {

const char *core = nullptr;

void keep_core(Domain, const rt::Fault &fault) {
    if (core == nullptr) {
        return;
    }
    const auto file = rt::sys::open(core, rt::sys::Access::write_new);
    const auto written = file ? rt::write_core(fault, file.value()) : file.error();
    if (!written) {
        rt::log("{}: {}", core, written.error());
    }
    if (file) {
        static_cast<void>(rt::sys::close(file.value()));
    }
}

void wait_for_a_byte() {
    rt::log("waits");
    char byte;
    static_cast<void>(rt::sys::read(rt::sys::Descriptor::input, &byte, 1));
}

} // namespace

POSTERN_CROSS_CALLS(to_companion);
POSTERN_ON_FAULT(rt::restart_always(Domain::stranger).before_restart(keep_core));

rt::Exit main(rt::Arguments arguments) {
    core = arguments[1];
    const auto weight = rt::call<Domain::stranger>(weigh, 6ul, 7ul);
    const auto guests = rt::call<Domain::companion>(greet, 2ul);
    const auto led = rt::call<Domain::guide>(lead, 3ul);
    if (arguments[1] != nullptr && arguments[2] != nullptr) {
        wait_for_a_byte();
    }
    const auto fallen = rt::call<Domain::stranger>(stumble, 4ul);
    if (!weight || !guests || led.value_or(0) != 7 || fallen) {
        return rt::Exit::failure;
    }
    rt::log("weight {}", weight.value());
    rt::log("{}", fallen.fault());
    return rt::Exit::success;
}
