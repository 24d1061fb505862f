/// restart: a supervisor. Its worker crashes on every third request, and each request is served.
#include "apps/restart/memory.h"
#include "apps/restart/worker.h"

namespace {

constexpr uint64_t usual_requests = 3000;

struct Tally {
    uint64_t answered = 0;
    uint64_t faulted = 0;
    uint64_t wrong = 0; // the answer was not the square, or the domain was not run
    rt::Fault last{};
};

void serve(uint64_t request, Tally &tally) {
    const auto answer = rt::call<Domain::worker>(square, request);
    if (answer) {
        ++(answer.value() == request * request ? tally.answered : tally.wrong);
        return;
    }
    ++(answer.fault().kind == rt::FaultKind::write ? tally.faulted : tally.wrong);
    tally.last = answer.fault();
}

/// `text` as a decimal number from 100 to 10^12; 0 if it is none.
uint64_t requests_in(const char *text) {
    constexpr uint64_t fewest = 100, most = 1'000'000'000'000;
    uint64_t number = 0;
    for (; *text != '\0'; ++text) {
        if (*text < '0' || *text > '9' || number > most) {
            return 0;
        }
        number = 10 * number + static_cast<uint64_t>(*text - '0');
    }
    return number >= fewest && number <= most ? number : 0;
}

/// Serves a hundredth of the requests, which touches all that any of them needs, then the others.
rt::Exit serve_all(uint64_t requests) {
    Tally tally;
    uint64_t request = 1;
    while (request <= requests / 100) {
        serve(request++, tally);
    }
    const auto early = resident_kib();
    while (request <= requests) {
        serve(request++, tally);
    }
    const auto late = resident_kib();
    rt::log("{} requests: {} answered, {} ended by a fault, {} wrong", requests, tally.answered,
            tally.faulted, tally.wrong);
    rt::log("the last fault: {}", tally.last);
    rt::log("the worker is in life {}", rt::life_of(Domain::worker));
    if (!early || !late) {
        rt::log("restart: /proc/self/smaps_rollup: {}", (early ? late : early).error());
        return rt::Exit::failure;
    }
    const bool grown = late.value() > early.value();
    rt::log("resident memory has {} since the first hundredth", grown ? "grown" : "not grown");
    return tally.wrong != 0 || grown ? rt::Exit::failure : rt::Exit::success;
}

} // namespace

POSTERN_ON_FAULT(rt::restart_always(Domain::worker));

rt::Exit main(rt::Arguments arguments) {
    const uint64_t requests = arguments.count() == 2 ? requests_in(arguments[1]) : usual_requests;
    if (arguments.count() > 2 || requests == 0) {
        rt::log("usage: restart [REQUESTS]\n"
                "  REQUESTS  how many, from 100; 3000 without it");
        return rt::Exit::usage;
    }
    return serve_all(requests);
}
