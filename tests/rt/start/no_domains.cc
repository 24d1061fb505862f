/// A program without domains has no filter, and may execute other programs.
#include "tests/harness/harness.h"

POSTERN_TEST("run.mediation.no_domain_no_filter", SHOWS(filter_demands_the_word)) {
    if (rt::guarantees().system_calls == rt::Mediation::dispatch) {
        return harness::skip("dispatch is there, and needs no filter");
    }
    EXPECT(rt::guarantees().system_calls == rt::Mediation::nobody);
    EXPECT(rt::sys::may_execute());
}
