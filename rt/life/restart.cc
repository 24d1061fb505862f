/// Restart: a domain's memory is again what it was at start.
#include "rt/life/restart.h"

#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/gate/current.h"
#include "rt/key/isolation.h"
#include "rt/life/heap.h"
#include "rt/life/policy.h"
#include "rt/life/rest.h"
#include "rt/life/standing.h"
#include "rt/space/spare.h"
#include "rt/sys/process.h"
#include "rt/syscall/descriptor_table.h"
#include "rt/uaccess/initial_data.h"

namespace rt::life {

using base::Done;
using base::Errno;
using base::Result;

namespace {

/// The domains whose hook after a restart runs. Otherwise the hook would call itself without end.
constinit bool equipped[key::domain_places] = {};

bool make_pristine(const linker::RegionRecord &record) {
    if (record.kind == linker::Kind::domain_heap) {
        return bool(clear_heap(record));
    }
    return uaccess::write_initial_data(record) && clear_rest(record);
}

} // namespace

Result<Done> restart(Domain domain) {
    if (domain::stack_of(domain).empty()) {
        return Errno::invalid; // a data domain, or none: it runs nothing
    }
    bool &is_equipped = equipped[key::index_of(domain)];
    if (base::is_handling() || gate::is_call_open(domain) || is_equipped) {
        return Errno::busy;
    }
    set_standing(domain, Standing::gone);
    end_life(domain);
    syscall::revoke_all(domain);
    if (key::is_apart(domain)) {
        space::replace(domain); // the process has code and registers of this life
    }
    for (const auto &record : domain::Table()) {
        if (domain::domain_of(record) == domain && !make_pristine(record)) {
            return Errno::bad_address;
        }
    }
    set_standing(domain, Standing::taking);
    const Policy *policy = policy_of(domain);
    if (policy != nullptr && is_counted(*policy)) {
        note_life(domain, sys::monotonic_nanoseconds());
    }
    if (policy != nullptr && policy->after != nullptr) {
        const Attended attended(domain);
        is_equipped = true;
        policy->after(domain);
        is_equipped = false;
    }
    return Done{};
}

} // namespace rt::life
