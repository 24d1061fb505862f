/// How a call enters a domain of any back end: the function, and its outcome.
#pragma once

#include <stdint.h>

extern "C" {
/// The outcome of an enter function: {result, 0}, or {0, 1 + the fault's kind} when the domain
/// faulted.
struct RtOutcome {
    uint64_t value;
    uint64_t faulted;
};
/// Runs a function of one domain with six words. While it runs, a complete gate frame is at
/// gate_rsp (enter.S says how it looks), and the view word names the domain. Unwinding, services
/// and cross calls rely on these two alone.
using RtGateEnter = RtOutcome(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                              const void *);
/// The same with the view under which the domain is to run.
using RtGateEnterLent = RtOutcome(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                                  const void *, uint64_t view);
}
