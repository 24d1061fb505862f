/// The services of the gate tests; handlers are in services.cc.
#pragma once

#include "rt/rt.h"

namespace services {

struct Pair {
    int16_t left;
    uint16_t right;
};
struct Answer {
    uint8_t weight;
    bool good;
};

/// Each does in the monitor what its name says.
inline constexpr rt::Service<1, uint64_t(uint64_t depth)> dive_in_other;
inline constexpr rt::Service<2, uint64_t(uint64_t depth)> dive_in_same;
inline constexpr rt::Service<3, uint64_t(uint64_t depth)> sink_in_other;
inline constexpr rt::Service<4, int64_t(int8_t, uint16_t, bool, Pair, double)> sum;
inline constexpr rt::Service<5, void(uint64_t)> remember;
inline constexpr rt::Service<6, Pair()> pair;
inline constexpr rt::Service<7, bool(bool)> negate;
inline constexpr rt::Service<8, uint64_t(uint64_t)> fault_in_same;
inline constexpr rt::Service<9, uint64_t()> stack_of_same; // rsp of an inner call into the caller
inline constexpr rt::Service<10, uint64_t(uint64_t stack)> nest;
inline constexpr rt::Service<11, uint64_t()> frame_of_monitor; // the handler's frame address
inline constexpr rt::Service<12, Answer(Answer)> judge;        // the opposite

/// The request that the monitor saw last.
struct Seen {
    uint64_t calls;      // of any service
    uint64_t remembered; // service 5
    uint64_t faults;     // inner calls that faulted
    rt::Fault fault;     // the last of them
    uint64_t flag;       // services 7 and 12: the bool as a number
};
extern Seen seen;

} // namespace services
