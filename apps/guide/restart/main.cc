/// Domains that fail, and come back as their policies say.
#include "parts.h"

namespace {

constexpr uint64_t limit = 10;
constexpr uint64_t second = 1'000'000'000; // in nanoseconds

const char *core_name = nullptr; // the first word of the command line

/// Writes the worker's memory and registers into a file for gdb, if the command line names one.
void keep_core(const rt::Fault &fault) {
    if (core_name == nullptr) {
        return;
    }
    const auto file = rt::sys::open(core_name, rt::sys::Access::write_new);
    const auto written = file ? rt::write_core(fault, file.value()) : file.error();
    if (!written) {
        rt::log("{}: {}", core_name, written.error());
    }
    if (file) {
        static_cast<void>(rt::sys::close(file.value()));
    }
}

/// Sees the worker's memory as the fault has left it. What it reads is claimed.
void look(Domain domain, const rt::Fault &fault) {
    const auto sum = rt::get_user<uint64_t>(domain, rt::Claimed::of(&worker::sum));
    rt::log("{}", fault);
    rt::log("its sum was {}", sum.value_or(0));
    keep_core(fault);
}

/// Gives each life of the worker what it needs.
void equip(Domain domain) {
    if (!rt::put_user(domain, rt::Claimed::of(&worker::limit), limit)) {
        rt::log("the worker has no limit");
    }
}

bool fail_and_go_on() {
    equip(Domain::worker); // the first life
    const auto first = rt::call<Domain::worker>(add, 7ul);
    if (!first) {
        return false;
    }
    const rt::Of<Domain::worker, uint64_t> handle(first.value());
    if (rt::call<Domain::worker>(add, 7ul)) {
        return false; // it is above the limit
    }
    if (!rt::call<Domain::worker>(add, 7ul)) {
        return false; // in a new life it is not
    }
    rt::log("the worker is in life {}", rt::life_of(Domain::worker));
    const auto stale = handle.get();
    if (stale) {
        return false;
    }
    rt::log("the handle of life 1: {}", stale.error());
    return true;
}

bool rest_and_go_on() {
    constexpr uint64_t millisecond = 1'000'000; // in nanoseconds
    constexpr int most_faults = 1000;
    auto ended = rt::call<Domain::sensor>(measure, 0ul);
    for (int faults = 1; faults < most_faults && !ended; ++faults) {
        if (ended.fault().kind == rt::FaultKind::resting) {
            break;
        }
        ended = rt::call<Domain::sensor>(measure, 0ul);
    }
    if (ended) {
        return false;
    }
    rt::log("{}", ended.fault());
    for (ended = rt::call<Domain::sensor>(measure, 5ul); !ended;
         ended = rt::call<Domain::sensor>(measure, 5ul)) {
        rt::sys::sleep(millisecond);
    }
    rt::log("the sensor says {}", ended.value());
    return true;
}

bool give_up_and_go_on() {
    if (rt::call<Domain::license>(check, 0ul)) {
        return false;
    }
    const auto refused = rt::call<Domain::license>(check, 42ul);
    if (refused) {
        return false;
    }
    rt::log("{}", refused.fault());
    const auto restarted = rt::restart(Domain::license);
    if (!restarted) {
        rt::log("license: {}", restarted.error());
        return false;
    }
    rt::log("the license is right: {}", rt::call<Domain::license>(check, 42ul).value_or(false));
    return true;
}

} // namespace

POSTERN_ON_FAULT(rt::restart_always(Domain::worker)
                     .before_restart(look)
                     .clean_up<say_goodbye>(second)
                     .after_restart(equip),
                 rt::restart_at_most(Domain::sensor, 2, rt::per_second),
                 rt::give_up(Domain::license));

rt::Exit main(rt::Arguments arguments) {
    core_name = arguments[1];
    return fail_and_go_on() && rest_and_go_on() && give_up_and_go_on() ? rt::Exit::success
                                                                       : rt::Exit::failure;
}
