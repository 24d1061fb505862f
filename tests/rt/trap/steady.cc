/// Reads and compares the state that faults must not change.
#include "tests/rt/trap/steady.h"

#include <asm/unistd.h>

#include "rt/key/pkru.h"
#include "rt/sys/call.h"

namespace steady {

State thread_state() {
    State state{};
    state.words = rt::base::slot();
    rt::sys::call_raw(__NR_rt_sigprocmask, 0, 0, &state.blocked, sizeof state.blocked);
    state.pkru = rt::key::has_keys() ? rt::key::read_pkru().raw() : 0;
    return state;
}

void expect_same(const State &before, const State &after) {
    EXPECT_EQUAL(after.words.gate_rsp, before.words.gate_rsp);
    EXPECT_EQUAL(after.words.state, before.words.state);
    EXPECT_EQUAL(after.words.view, before.words.view);
    EXPECT_EQUAL(after.words.selector, before.words.selector);
    EXPECT_EQUAL(after.words.token, before.words.token);
    for (unsigned key = 0; key < 16; ++key) {
        EXPECT_EQUAL(after.words.stack[key], before.words.stack[key]);
    }
    EXPECT_EQUAL(after.blocked, before.blocked);
    EXPECT_EQUAL(after.pkru, before.pkru);
    EXPECT_EQUAL(after.cost.stack_pointer, before.cost.stack_pointer);
    EXPECT(before.cost.resident_kib != 0);
    EXPECT(after.cost.resident_kib <= before.cost.resident_kib);
}

} // namespace steady
