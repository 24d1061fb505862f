/// Whether a domain takes calls, and which of its lives this is.
#include "rt/life/standing.h"

#include "rt/domain/stack_word.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/life/rest.h"
#include "rt/space/child.h"
#include "rt/sys/process.h"

namespace rt::life {

namespace {

constinit Standing standings[key::domain_places] = {};
constinit bool attended[key::domain_places] = {};
constinit uint64_t ended_lives[key::domain_places] = {};

} // namespace

Standing standing_of(Domain domain) {
    return standings[key::index_of(domain)];
}

void set_standing(Domain domain, Standing standing) {
    if (standing != Standing::taking && key::is_apart(domain)) {
        if (auto &child = space::child_of(domain); child.has_process()) {
            space::bury(child); // it may run on after a call
        }
    }
    standings[key::index_of(domain)] = standing;
    domain::stack_word(domain) =
        standing == Standing::taking ? domain::top_of(domain::stack_of(domain)) : 0;
}

uint64_t life_of(Domain domain) {
    return ended_lives[key::index_of(domain)] + 1;
}

void end_life(Domain domain) {
    ++ended_lives[key::index_of(domain)];
}

void name_refusal(base::Fault &fault) {
    const Domain domain = fault.domain;
    const Standing standing = standing_of(domain);
    if (standing == Standing::taking) {
        return;
    }
    fault = {};
    fault.domain = domain;
    fault.kind = base::FaultKind::gone;
    if (standing == Standing::resting) {
        fault.kind = base::FaultKind::resting;
        end_rest_in_time(domain, sys::monotonic_nanoseconds());
    }
}

Attended::Attended(Domain domain) : domain_(domain), outer_(is(domain)) {
    attended[key::index_of(domain)] = true;
}

Attended::~Attended() {
    attended[key::index_of(domain_)] = outer_;
}

bool Attended::is(Domain domain) {
    return attended[key::index_of(domain)];
}

} // namespace rt::life
