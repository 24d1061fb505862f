/// A sweep of many strikes, which a program outside watches (tests/hosted/sweep_watch.cc).
#include "tests/attack/sweep.h"

#include "linker/symbols.h"
#include "rt/sys/file.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/cross_calls.h"
#include "tests/attack/forgery.h"
#include "tests/attack/memory_sums.h"

extern "C" const char attack_spin[];

namespace attack {

namespace {

constexpr uint64_t time_of_a_strike = 5'000'000; // nanoseconds
constexpr uint64_t strikes_to_a_look = 512;
constexpr uint64_t places_to_a_line = 64;
constexpr uint64_t most_escapes = 20;
constexpr int emulator_has_failed = 75; // an exit status, for the watcher

uint64_t number(const char *text, uint64_t otherwise) {
    return text == nullptr ? otherwise : harness::number_in(text);
}

/// Whether this program's flags give it the machine's ports, which Linux gives to no program. QEMU
/// 7.2 does so: where a rotation after another one faults, it takes flags from the remains in a
/// register of its own. The next strike could then switch off the machine.
bool has_ports() {
    constexpr uint64_t io_privilege = 3 << 12;
    return (__builtin_ia32_readeflags_u64() & io_privilege) != 0;
}

/// Each way in which a strike may honestly end, so that what the monitor keeps of it is known.
void exercise() {
    RegisterFile file = hostile_file();
    const char *const ends[] = {attack_undefined, attack_poke, attack_steal, attack_landing,
                                attack_spin};
    for (const char *end : ends) {
        file.rip = address_of(end);
        load(file);
        static_cast<void>(fire_within(time_of_a_strike));
    }
    static_cast<void>(strike(cross_call_file()));
    static_cast<void>(memory_intact());
}

} // namespace

Order order() {
    const rt::Arguments words = harness::arguments();
    Order order;
    order.slice = number(words[2], order.slice);
    order.slices = number(words[3], order.slices);
    order.begin = {number(words[4], 0), number(words[5], 0)};
    order.careful = number(words[6], 0) != 0;
    EXPECT(order.slice < order.slices);
    return order;
}

Sweep::Sweep(const Order &order, uintptr_t stack) : order_(order), stack_(stack) {
    start_over();
}

void Sweep::start_over() {
    set_canaries();
    exercise(); // before the slot's picture, because these change the slot once
    set_canaries();
    const Watched watched = watch_everything(stack_, exercise);
    before_ = take_picture();
    rt::log("watching {} bytes besides the canaries; the monitor itself changes {} more",
            watched.bytes - watched.restless, watched.restless);
}

void Sweep::say(const char *word, Position position) const {
    rt::Line line;
    line.format("{} {} {} {} {} {} {} {}\n", word, position.place, position.file, counts_.places,
                counts_.left_out, counts_.strikes, counts_.cut, counts_.escapes);
    static_cast<void>(rt::sys::write_all(rt::sys::Descriptor::output, line.text(), line.bytes()));
}

void Sweep::begin_place(uint64_t place) {
    if (++begun_ > places_to_a_line) {
        begun_ = 1;
        order_.careful = false;
    }
    if (begun_ == 1 && !order_.careful) {
        say("at", order_.begin < Position{place, 1} ? Position{place, 0} : order_.begin);
    }
}

void Sweep::end_place(bool is_left_out) {
    ++(is_left_out ? counts_.left_out : counts_.places);
}

bool Sweep::begin_strike(Position position) {
    if (position < order_.begin || counts_.escapes >= most_escapes) {
        return false;
    }
    if (order_.careful) {
        say("try", position);
    }
    position_ = position;
    return true;
}

void Sweep::strike(const RegisterFile &file, const char *name) {
    load(file);
    const Outcome outcome = fire_within(time_of_a_strike);
    ++counts_.strikes;
    bool good = canaries_intact();
    if (!outcome.returned) {
        good &= outcome.fault.domain == Domain::alice && !is_forged(outcome.fault);
        counts_.cut += outcome.fault.kind == rt::FaultKind::deadline ? 1 : 0;
    }
    if (!good) {
        note_escape(file, name, outcome);
        start_over();
    } else if (counts_.strikes % strikes_to_a_look == 0) {
        look(false);
    }
    if (is_emulated() && has_ports()) {
        say("try", position_);
        rt::sys::exit(emulator_has_failed);
    }
}

void Sweep::look(bool all) {
    const bool same = is_process_as(before_);
    if (!everything_intact(all) || !same) {
        ++counts_.escapes;
        rt::log("escape: by one of the last {} strikes", strikes_to_a_look);
        start_over();
    }
}

void Sweep::note_escape(const RegisterFile &file, const char *name, const Outcome &outcome) {
    ++counts_.escapes;
    rt::log("escape: a jump to {} ({} behind the image's begin), registers: {}, rsp {}, eax {}",
            rt::Hex{file.rip}, file.rip - address_of(__text_start), name, rt::Hex{file.rsp},
            rt::Hex{file.rax});
    if (outcome.returned) {
        rt::log("  it returned {}", rt::Hex{outcome.value});
    } else {
        rt::log("  it ended as: {}", outcome.fault);
    }
}

void Sweep::finish(uint64_t files) {
    look(true);
    say("done", {0, files});
    EXPECT_EQUAL(counts_.escapes, 0);
    EXPECT(counts_.strikes > 0);
}

} // namespace attack
