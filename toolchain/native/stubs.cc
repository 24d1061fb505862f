/// The monitor's side of a native test: rt::log_service prints, everything else that a domain asks
/// for is the test's to answer.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "rt/entry/call.h"

/// Answers a service: the test's, if it defines one; this one ends the program.
[[gnu::weak]] uint64_t postern_native_service(uint64_t number, const uint64_t *) {
    std::fprintf(stderr, "native test: service %llu: define postern_native_service to answer it\n",
                 static_cast<unsigned long long>(number));
    std::abort();
}

extern "C" uint64_t rt_gate_service(uint64_t number, uint64_t a0, uint64_t a1, uint64_t a2,
                                    uint64_t a3, uint64_t a4) {
    if (number == 0) { // rt::log_service
        std::fprintf(stderr, "%.*s\n", static_cast<int>(a1), reinterpret_cast<const char *>(a0));
        return 0;
    }
    const uint64_t arguments[] = {a0, a1, a2, a3, a4};
    return postern_native_service(number, arguments);
}

extern "C" RtOutcome rt_gate_cross(uint64_t number, uint64_t, uint64_t, uint64_t, uint64_t,
                                   uint64_t) {
    std::fprintf(stderr, "native test: cross call %llu: there is no other domain here\n",
                 static_cast<unsigned long long>(number));
    std::abort();
}
