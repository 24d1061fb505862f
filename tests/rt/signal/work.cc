/// The common parts of all rounds, and the first rounds.
#include "rt/rt.h"

#include "tests/rt/signal/work.h"

#include <asm/unistd.h>

#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/key/view.h"
#include "rt/sys/memory.h"

namespace work {

POSTERN_BSS(alice) alignas(POSTERN_PAGE) char alice_hole[POSTERN_PAGE];

namespace {

POSTERN_DATA(alice) uint64_t alice_word = 20;
uint64_t monitor_word; // where fs points

volatile uint64_t handler_runs = 0;
volatile uint64_t handler_errors = 0;

bool hole_faults() {
    const auto got = rt::get_user<uint64_t>(Domain::alice, rt::Claimed::of(alice_hole));
    return !got && got.error() == rt::Errno::bad_address;
}

/// A system call of alice's own, whose answer finds no room: the copy of it faults.
uint64_t answered_call() {
    int64_t answer;
    asm volatile("syscall"
                 : "=a"(answer)
                 : "a"(__NR_clock_gettime), "D"(1), "S"(alice_hole)
                 : "rcx", "r11", "memory");
    return answer == -static_cast<int64_t>(rt::Errno::bad_address) ? 1000 : 0;
}

} // namespace

const Round rounds[] = {{"calls", calls, 4},
                        {"levels", levels, 2},
                        {"ends", ends, 2},
                        {"jumps", jumps, 2},
                        {"windows", windows, 2}};

bool slot_is_at_rest() {
    const auto &slot = rt::base::slot();
    return slot.gate_rsp == 0 && slot.state == RT_STATE_MONITOR && slot.window == 0 &&
           slot.token == 0 && slot.selector == RT_SELECTOR_BLOCK && slot.view == RT_PKRU_MONITOR &&
           slot.in_handler == 0 &&
           slot.stack[rt::key::key_of(Domain::alice).raw()] ==
               rt::domain::stack_of(Domain::alice).end() - RT_RESUME_RECORD_BYTES;
}

bool has_keys() {
    return rt::key::has_keys();
}

uint64_t in_alice(uint64_t a) {
    alice_word = 20;
    const uint64_t served = serve(rt::Claimed::of(&alice_word));
    return a + served + to_bob(50ul).value_or(0) + answered_call();
}

uint64_t fault() {
    asm volatile("ud2");
    return 0;
}

uint64_t in_bob(uint64_t a) {
    return 2 * a;
}

uint64_t handle_serve(Domain caller, rt::Claimed word) {
    const uint64_t value = rt::get_user<uint64_t>(caller, word.take()).value_or(0);
    const auto doubled = rt::call<Domain::bob>(bob_works, value);
    return doubled.value_or(0) + (rt::sys::getpid() > 0 && hole_faults() ? 1 : 0);
}

uint64_t handle_double(Domain, uint64_t value) {
    return 2 * value;
}

void prepare() {
    // A selector gives no such base, so that a loaded one differs.
    rt::base::must(rt::set_fs_base(&monitor_word), "pointing fs");
    const auto hole = reinterpret_cast<uint64_t>(alice_hole);
    const auto page = rt::base::Region::from_raw(hole, hole + POSTERN_PAGE);
    rt::base::must(has_keys() ? rt::sys::pkey_mprotect(page, rt::sys::Protection::none,
                                                       static_cast<int>(rt::key::key_of(Domain::alice).raw()))
                              : rt::sys::protect(page, rt::sys::Protection::none),
                   "closing a page");
}

bool calls() {
    const auto alices_view = rt::key::domain_view(rt::domain::key_of(Domain::alice));
    const bool sum = rt::call<Domain::alice>(alice_works, 3ul).value_or(0) == 3 + 41 + 100 + 1000;
    const auto faulted = rt::call<Domain::alice>(alice_faults);
    return sum && !faulted && faulted.fault().kind == rt::FaultKind::illegal &&
           faulted.fault().pkru == (has_keys() ? alices_view.raw() : 0) &&
           (!has_keys() || rt::key::read_pkru() == rt::key::monitor_view) && slot_is_at_rest();
}

void handle_signal(rt::Signal) {
    const auto got = rt::get_user<uint64_t>(Domain::alice, rt::Claimed::of(&alice_word));
    if (rt::sys::getpid() <= 0 || !hole_faults() || got.value_or(0) != 20) {
        handler_errors = handler_errors + 1;
    }
    handler_runs = handler_runs + 1;
}
uint64_t handled() {
    return handler_runs;
}
uint64_t handled_wrongly() {
    return handler_errors;
}

} // namespace work
