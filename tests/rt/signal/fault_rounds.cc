/// Each way in which a call ends by a fault, and the jumps that gates, windows and trap entry stop.
#include "rt/rt.h"

#include <asm/unistd.h>

#include "linker/symbols.h"
#include "rt/patch/alternative.h"
#include "tests/rt/signal/work.h"

extern "C" {
/// rt/trap/probe.S, rt/trap/restore.S.
extern const char rt_trap_probe_entry[], __restore_rt[];
}

namespace work {

namespace {

using rt::FaultKind;

/// Alice's, before an end.
enum class Spoiled : uint8_t { nothing, gs, fs };
/// Her end.
enum class End : uint8_t {
    undefined,
    division,
    null_pointer,
    trap,
    system_call,
    leaving,
    service,
    no_service,
    cross_call,
    no_cross_call,
    cross_call_of_another,
};

/// The flat user data segment, which any program can load; its base is zero. [linux segment.h
/// v6.12]
constexpr uint32_t user_data = 0x2b;

void spoil(Spoiled what) {
    if (what == Spoiled::gs) {
        asm volatile("movl %0, %%gs" ::"r"(user_data));
    } else if (what == Spoiled::fs) {
        asm volatile("movl %0, %%fs" ::"r"(user_data));
    }
}

void raise(End end) {
    if (end == End::undefined) {
        asm volatile("ud2");
    } else if (end == End::division) {
        uint32_t low = 1, high = 0;
        asm volatile("divl %2" : "+a"(low), "+d"(high) : "r"(0));
    } else if (end == End::null_pointer) {
        uint64_t word;
        asm volatile("movq (%1), %0" : "=r"(word) : "r"(uint64_t{0}) : "memory");
    } else if (end == End::trap) {
        asm volatile("int3");
    } else if (end == End::system_call) {
        long number = __NR_getppid;
        asm volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
    }
}

uint64_t end_call(Spoiled what, End end) {
    spoil(what);
    raise(end);
    if (end == End::service) {
        return serve_double(1);
    }
    if (end == End::no_service) {
        return rt_gate_service(99, 0, 0, 0, 0, 0);
    }
    if (end == End::cross_call) {
        return to_bob(1ul).value_or(0);
    }
    if (end == End::no_cross_call) {
        return rt_gate_cross(99, 0, 0, 0, 0, 0).value;
    }
    return end == End::cross_call_of_another ? carol_to_bob(1ul).value_or(0) : 0;
}
constexpr rt::Entry<Domain::alice, end_call> alice_ends;

/// Its result where nothing stops it.
uint64_t answer_of(End end) {
    if (end == End::leaving) {
        return 0;
    }
    return end == End::service || end == End::cross_call ? 2 : ~uint64_t{0};
}

uint64_t undefined() {
    asm volatile("ud2");
    return 0;
}
constexpr rt::Entry<Domain::carol, undefined> carol_faults;

struct Wanted {
    Spoiled spoiled;
    End end;
    FaultKind kind;
};
constexpr Wanted wanted[] = {
    {Spoiled::nothing, End::undefined, FaultKind::illegal},
    {Spoiled::nothing, End::division, FaultKind::divide},
    {Spoiled::nothing, End::null_pointer, FaultKind::read},
    {Spoiled::nothing, End::trap, FaultKind::breakpoint},
    {Spoiled::nothing, End::system_call, FaultKind::syscall},
    {Spoiled::nothing, End::no_service, FaultKind::service},
    {Spoiled::nothing, End::no_cross_call, FaultKind::cross_call},
    {Spoiled::nothing, End::cross_call_of_another, FaultKind::cross_call},
    {Spoiled::gs, End::undefined, FaultKind::illegal},
    {Spoiled::gs, End::system_call, FaultKind::syscall},
    {Spoiled::gs, End::service, FaultKind::read},
    {Spoiled::gs, End::cross_call, FaultKind::read},
    {Spoiled::gs, End::leaving, FaultKind::read},
    {Spoiled::fs, End::undefined, FaultKind::illegal},
    {Spoiled::fs, End::service, FaultKind::gate},
    {Spoiled::fs, End::cross_call, FaultKind::gate},
    {Spoiled::fs, End::leaving, FaultKind::gate},
};

/// Jumps as an attacker does who hopes for a view that opens all.
uint64_t jump(uint64_t place) {
    asm volatile(
        "xorl %%eax, %%eax\n\txorl %%ecx, %%ecx\n\txorl %%edx, %%edx\n\tjmp *%0" ::"r"(place)
        : "rax", "rcx", "rdx", "memory");
    return 0;
}
constexpr rt::Entry<Domain::alice, jump> alice_jumps;

/// The probes run at start alone.
bool is_probe(uintptr_t place) {
    return place >= reinterpret_cast<uintptr_t>(rt_trap_probe_entry) &&
           place < reinterpret_cast<uintptr_t>(__restore_rt);
}

/// The trap entry of a signal repairs gs and fs for good: what alice spoiled before it came is as
/// new, and what would have been a fault for that is none.
bool is_as_wanted(const Wanted &one, uint64_t handled_before,
                  const rt::Result<uint64_t, rt::Fault> &ended) {
    if (!ended) {
        return ended.fault().kind == one.kind;
    }
    return handled() != handled_before && one.spoiled != Spoiled::nothing &&
           ended.value() == answer_of(one.end);
}

/// Whether the trap entry and its way back let a jump pass, because no key tells domains from the
/// monitor.
bool is_open(uintptr_t place) {
    return !has_keys() && place >= reinterpret_cast<uintptr_t>(__trap_start);
}

} // namespace

bool ends() {
    for (const Wanted &one : wanted) {
        const uint64_t handled_before = handled();
        const auto ended = rt::call<Domain::alice>(alice_ends, one.spoiled, one.end);
        if (!is_as_wanted(one, handled_before, ended) || !slot_is_at_rest()) {
            rt::log("end {} with {} spoiled: {} {}", static_cast<uint64_t>(one.end),
                    static_cast<uint64_t>(one.spoiled), ended ? "returned" : "kind",
                    ended ? ended.value() : static_cast<uint64_t>(ended.fault().kind));
            return false;
        }
    }
    const auto carols = rt::call<Domain::carol>(carol_faults);
    return !carols && carols.fault().kind == FaultKind::illegal && slot_is_at_rest();
}

bool jumps() {
    for (const rt::patch::Alternative &row : rt::patch::Table()) {
        if (row.feature != rt::patch::Feature::no_keys || is_probe(row.site()) ||
            is_open(row.site())) {
            continue;
        }
        const auto ended = rt::call<Domain::alice>(alice_jumps, uint64_t{row.site()});
        if (ended || ended.fault().kind != FaultKind::gate || !slot_is_at_rest()) {
            rt::log("jump to {}: returned {}, kind {}", rt::Hex{row.site()}, ended ? 1 : 0,
                    ended ? 0 : static_cast<uint64_t>(ended.fault().kind));
            return false;
        }
    }
    return true;
}

} // namespace work
