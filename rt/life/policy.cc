/// What is done about a domain whose call has ended by a fault: a table of the app, constant.
#include "rt/life/policy.h"

#include "rt/base/slot.h"
#include "rt/gate/current.h"
#include "rt/key/domain.h"
#include "rt/life/rest.h"
#include "rt/life/restart.h"
#include "rt/life/standing.h"
#include "rt/sys/process.h"

extern "C" {
/// The app's, or none.
[[gnu::weak]] extern const rt::life::Policies rt_app_policies;
const rt::life::Policies rt_app_policies{nullptr, 0};

/// rt/trap/deadline.cc.
uint64_t rt_trap_suspend_deadline();
void rt_trap_resume_deadline(uint64_t end);
}

namespace rt::life {

namespace {

/// While it lives no deadline runs. Otherwise a domain that has used up its time would decide that
/// hooks cannot clean up after it, and that its next life begins without what they give it.
class WithoutDeadline {
public:
    WithoutDeadline() = default;
    ~WithoutDeadline() { rt_trap_resume_deadline(end_); }
    WithoutDeadline(const WithoutDeadline &) = delete;
    WithoutDeadline &operator=(const WithoutDeadline &) = delete;

private:
    uint64_t end_ = rt_trap_suspend_deadline();
};

/// Whether another domain may have brought the fault about: it has used up the time, or the
/// monitor's stack, and then had the domain called.
bool may_be_of_a_caller(const base::Fault &fault) {
    return (fault.kind == base::FaultKind::deadline || fault.kind == base::FaultKind::nesting) &&
           base::slot().gate_rsp != 0;
}

bool is_counted(const Policy &policy) {
    return policy.times != 0 || policy.shortest_life != 0;
}

void restart_by(const Policy &policy, const base::Fault &fault) {
    if (policy.before != nullptr) {
        policy.before(policy.domain, fault);
    }
    if (policy.clean.run != nullptr) {
        policy.clean.run(policy.clean.nanoseconds);
    }
    const uint64_t now = is_counted(policy) ? sys::monotonic_nanoseconds() : 0;
    if (!restart(policy.domain)) {
        return; // it is gone, or a hook has left a call of it open, which cannot be
    }
    if (is_counted(policy)) {
        count_restart(policy, now);
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
    const WithoutDeadline without;
    apply(*policy, fault);
    return false;
}

} // namespace rt::life
