/// What is done about a domain whose call has ended by a fault: a table of the app, constant.
#include "rt/life/policy.h"

#include "rt/base/slot.h"
#include "rt/gate/current.h"
#include "rt/gate/deadline.h"
#include "rt/key/domain.h"
#include "rt/life/rest.h"
#include "rt/life/restart.h"
#include "rt/life/standing.h"
#include "rt/sys/process.h"

extern "C" {
/// The app's, or none.
[[gnu::weak]] extern const rt::life::Policies rt_app_policies;
const rt::life::Policies rt_app_policies{nullptr, 0};
}

namespace rt::life {

namespace {

/// Whether another domain may have brought the fault about: it has used up the time, or the
/// monitor's stack, and then had the domain called.
bool may_be_of_a_caller(const base::Fault &fault) {
    return (fault.kind == base::FaultKind::deadline || fault.kind == base::FaultKind::nesting) &&
           base::slot().gate_rsp != 0;
}

void restart_by(const Policy &policy, const base::Fault &fault) {
    if (policy.before != nullptr) {
        policy.before(policy.domain, fault);
    }
    if (policy.clean.run != nullptr) {
        policy.clean.run(policy.clean.nanoseconds);
    }
    const bool rests = is_counted(policy) && count_fault(policy, sys::monotonic_nanoseconds());
    // Without success it is gone, or a hook has left a call of it open, which cannot be.
    if (restart(policy.domain) && rests) {
        begin_rest(policy.domain, sys::monotonic_nanoseconds());
    }
}

void apply(const Policy &policy, const base::Fault &fault) {
    switch (policy.decide != nullptr ? policy.decide(policy.domain, fault) : policy.verdict) {
    case Verdict::keep:
        break;
    case Verdict::restart:
        restart_by(policy, fault);
        break;
    case Verdict::give_up:
        set_standing(policy.domain, Standing::gone);
        break;
    }
}

} // namespace

const Policy *policy_of(Domain domain) {
    for (size_t row = 0; row < rt_app_policies.count; ++row) {
        if (rt_app_policies.rows[row].domain == domain) {
            return &rt_app_policies.rows[row];
        }
    }
    return nullptr;
}

void begin_first_lives() {
    for (size_t row = 0; row < rt_app_policies.count; ++row) {
        const Policy &policy = rt_app_policies.rows[row];
        if (is_counted(policy)) {
            note_life(policy.domain, sys::monotonic_nanoseconds());
        }
    }
}

bool answer(const base::Fault &fault) {
    if (fault.kind == base::FaultKind::resting) {
        return standing_of(fault.domain) == Standing::taking; // since the trap has named it
    }
    const Policy *policy = policy_of(fault.domain);
    if (policy == nullptr || fault.kind == base::FaultKind::gone || Attended::is(fault.domain) ||
        gate::is_call_open(fault.domain) || may_be_of_a_caller(fault)) {
        return false;
    }
    const Attended attended(fault.domain);
    const gate::WithoutDeadline without;
    apply(*policy, fault);
    return false;
}

} // namespace rt::life
