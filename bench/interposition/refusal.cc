/// What does a refused system call cost beside any other fault?
#include "bench/interposition/rows.h"
#include "bench/payload/dispatch.h"
#include "bench/payload/own_calls.h"

namespace bench {

namespace {

constexpr auto question = "What does a fault cost until the caller holds it?";

using Untrusted = Guest<Domain::untrusted>;

void null_write() {
    must_fault(rt::call<Domain::untrusted>(Untrusted::write_null), rt::FaultKind::write);
}

void int3() {
    must_fault(rt::call<Domain::untrusted>(Untrusted::trap), rt::FaultKind::breakpoint);
}

constexpr Row table[] = {
    {"fault", Kind::loop, question, repeated<null_write>, plain_getppid, getppid_name},
    {"fault_int3", Kind::loop, question, repeated<int3>, plain_getppid, getppid_name},
    {"refused_beside_a_fault", Kind::loop, question, repeated<refused>, repeated<null_write>,
     "a null write's fault"},
};

} // namespace

constinit const Rows refusal_rows = rows_of(table);

} // namespace bench
