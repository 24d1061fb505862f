/// The attacker wants to be interrupted where it has just given itself a view, after a wrpkru and
/// before its compare, and to go on from there as another domain. What must hold: it is a fault of
/// the attacker, or the return that it would have been; nothing outside its memory has changed, and
/// the selector is closed.
#include "rt/base/slot.h"
#include "rt/sys/process.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/rt/signal/traced.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

constinit RegisterFile file{};
volatile uint64_t handled = 0;

void note(rt::Signal) {
    handled = handled + 1;
}

bool is_at_rest() {
    const auto &slot = rt::base::slot();
    return slot.state == RT_STATE_MONITOR && slot.selector == RT_SELECTOR_BLOCK &&
           slot.token == 0 && slot.gate_rsp == 0;
}

/// In the child: the strike, again and again.
void repeat_strikes() {
    static_cast<void>(rt::on_signal(rt::Signal::user1, note));
    attack::set_canaries();
    const uint64_t before = *attack::monitor_canary(0);
    for (;;) {
        const Outcome outcome = attack::strike(file);
        const bool is_alices = outcome.returned || outcome.fault.domain == Domain::alice;
        if (!is_alices || *attack::monitor_canary(0) != before || !is_at_rest()) {
            rt::sys::exit(1);
        }
        traced::end_round();
    }
}

/// Whether the attacker was met there in one round, and the next one is as good.
bool is_contained(const char *wrpkru, uint32_t view) {
    constexpr size_t wrpkru_bytes = 3;
    file = attack::hostile_file();
    file.rip = attack::address_of(wrpkru);
    file.rax = view;
    traced::Child child(repeat_strikes);
    const unsigned met = child.interrupt(wrpkru + wrpkru_bytes, 0);
    child.interrupt(nullptr, 0);
    return met == 1 && child.lives();
}

} // namespace

POSTERN_TEST("attack.signal.behind_a_forged_view", SHOWS(way_back_is_nobody_elses),
             TRIES(attack_28)) {
    const uint32_t views[] = {0, attack::views.monitor, attack::views.bob,
                              attack::views.window_alice, attack::views.alice};
    for (const uint32_t view : views) {
        const auto strike_at = [&](const char *at) {
            if (!EXPECT(is_contained(at, view))) {
                rt::log("view {} at {}", rt::Hex{view}, rt::Hex{attack::address_of(at)});
            }
        };
        attack::for_each_wrpkru(attack::gate_code(), strike_at);
        attack::for_each_wrpkru(attack::trap_code(), strike_at);
    }
}
