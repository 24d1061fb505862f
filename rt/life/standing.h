/// Whether a domain takes calls, and which of its lives this is.
#pragma once

#include "rt/base/fault.h"

namespace rt::life {

/// Whether a domain takes calls. The stack word of a domain that takes none is 0: a gate that
/// enters it faults before the domain's first instruction, and no gate compares anything.
enum class Standing : uint8_t {
    taking,  // calls
    resting, // it takes none until its rest is over (rest.h)
    gone,    // it is given up, or a restart of it has failed, and none has succeeded since
};

Standing standing_of(Domain domain);

/// Gives `domain` this standing. No call into it is open. The process of a domain that takes none
/// ends, because it may run on after a call.
void set_standing(Domain domain, Standing standing);

/// The number of this life of `domain`: 1 from start on, and 1 more from each restart on. It never
/// comes again.
uint64_t life_of(Domain domain);

/// Ends this life of `domain`: the next one has begun.
void end_life(Domain domain);

/// Makes `fault` say so if its domain takes no calls. No instruction of the domain was run then. A
/// rest whose time is over ends here, so that the next call is made.
void name_refusal(base::Fault &fault);

/// While it lives, a hook of a policy (policy.h) may run for `domain`. Faults of what the hook
/// calls there are values alone: no policy is applied, so that hooks do not call themselves without
/// end.
class Attended {
public:
    explicit Attended(Domain domain);
    ~Attended();
    Attended(const Attended &) = delete;
    Attended &operator=(const Attended &) = delete;
    static bool is(Domain domain);

private:
    Domain domain_;
    bool outer_;
};

} // namespace rt::life
