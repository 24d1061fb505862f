/// How a call enters a domain, whatever keeps that domain apart: the function, and its outcome.
#pragma once

#include <stdint.h>

extern "C" {
/// What an enter function gives back: {result, 0}; when the domain faulted, {0, 1 + the fault's
/// kind}.
struct RtOutcome {
    uint64_t value;
    uint64_t faulted;
};
/// Runs a function of one domain with six words. While it runs, a complete gate frame is at
/// gate_rsp (enter.S says how it looks), and the view word names the domain: unwinding, services
/// and cross calls go by these two alone.
using RtGateEnter = RtOutcome(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                              const void *);
/// The same with the view under which the domain is to run.
using RtGateEnterLent = RtOutcome(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                                  const void *, uint64_t view);
}
