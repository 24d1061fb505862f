/// A process that waits for the next life of its domain, so that a restart costs no birth.
#include "rt/space/spare.h"

#include "rt/domain/table.h"
#include "rt/space/place.h"
#include "rt/space/turn.h"
#include "rt/space/zygote.h"

namespace rt::space {

using base::Done;
using base::Errno;
using base::Result;

namespace {

constinit bool was_restarted[key::domain_places] = {};

/// Whether a spare is in the mailbox, or will be.
bool has_spare(const Child &child) {
    return child.orders->spare != 0 || is_owed(child);
}

/// The domain's spare becomes its next child: the two exchange their mailboxes.
void advance(Domain domain) {
    Child &child = child_of(domain);
    Child &spare = spare_of(domain);
    if (has_spare(child) || !has_spare(spare)) {
        return;
    }
    const Child former = child;
    child = spare;
    spare = former;
    // Of the domain's turns and calls, whichever process takes them. A call inside an open one may
    // have buried the process: then the next order is written already.
    child.spins = former.spins;
    child.yields = former.yields;
    child.orders->stack = former.orders->stack;
    __builtin_memcpy(child.orders->words, former.orders->words, sizeof child.orders->words);
    child.orders->lent = former.orders->lent;
    former.orders->lent = 0;
}

/// The spare takes orders from now on. False if there is none, or it does not live.
bool take(Child &child) {
    if (is_owed(child)) {
        collect_spare();
    }
    Orders &orders = *child.orders;
    if (orders.spare == 0) {
        return false;
    }
    orders.process = orders.spare;
    orders.spare = 0;
    if (ended(child)) {
        bury(child);
        return false;
    }
    if (!finish_birth(child)) {
        return false;
    }
    tell_how_to_wait(child);
    place(child);
    return true;
}

} // namespace

void keep_spare(Domain domain) {
    Child &child = child_of(domain);
    Child &spare = spare_of(domain);
    if (is_zygote_busy()) {
        return; // the domain's next call asks again
    }
    child.wants_spare = false;
    Child &free = child.has_process() || has_spare(child) ? spare : child;
    if (has_spare(free)) {
        return;
    }
    bury(free); // one that a fork of this program has taken
    plan_birth(free, domain, domain::view_of(domain));
    free.orders->place = child_of(no_domain).orders->place; // inherited
    order_spare(free);
}

void replace(Domain domain) {
    Child &child = child_of(domain);
    if (child.has_process()) {
        bury(child);
    }
    was_restarted[key::index_of(domain)] = true;
    advance(domain);
    if (!has_spare(child)) {
        keep_spare(domain);
    }
}

Result<Done> revive(Domain domain, uint32_t view) {
    Child &child = child_of(domain);
    advance(domain);
    if (!take(child)) {
        auto born = give_birth(domain, view);
        if (!born && born.error() == Errno::try_again) { // so many processes are not allowed
            bury_spares();
            born = give_birth(domain, view);
        }
        if (!born) {
            return born;
        }
    }
    child.wants_spare = was_restarted[key::index_of(domain)];
    return Done{};
}

void bury_spares() {
    for (const auto &record : domain::Table()) {
        const Domain domain = domain::domain_of(record);
        if (record.kind != linker::Kind::domain_stack || domain == no_domain) {
            continue;
        }
        bury(spare_of(domain));
        if (!child_of(domain).has_process()) {
            bury(child_of(domain));
        }
    }
}

} // namespace rt::space
