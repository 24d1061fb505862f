/// The attacker wants a system call: each number, in the 64-bit and the x32 form, by an instruction
/// of its own, by int 0x80, by the runtime's, and by a jump to the stub's one `syscall`, with
/// arguments in and out of range of what the stub is served. What must hold: the stub's calls with
/// the stub's arguments are served, and nothing else; and no mapping of its process changes.
#include <asm/unistd.h>

#include "linker/symbols.h"
#include "rt/space/served.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/spaces/hostile.h"
#include "tests/attack/spaces/process.h"

extern "C" const char attack_syscall[], attack_int80[], rt_space_stub_syscall[];

namespace {

using attack::Outcome;
using attack::RegisterFile;
using namespace spaces;

constexpr uint64_t x32 = 0x40000000, last_number = 600;

rt::space::Places places() {
    return {.stub_site = address_of(rt_space_stub_syscall_end),
            .build_site = address_of(rt_space_build_syscall_end),
            .builder = address_of(rt_space_build_begin),
            .orders_sequence = rt::space::mailbox_in_child(),
            .answers_sequence = rt::space::answers_in_child(),
            .regions_begin = address_of(__regions_start),
            .regions_end = address_of(__regions_end)};
}

/// Sets of arguments: of the calls that the stub makes, of others like them, and of none.
struct Arguments {
    uint64_t a0, a1, a2, a3;
};
constexpr size_t sets = 7;
Arguments set_of(size_t index) {
    const uint64_t own = attack::own_memory() & ~uint64_t{POSTERN_PAGE - 1};
    const Arguments all[sets] = {{0, 0, 0, 0},
                                 {rt::space::answers_in_child(), 1, 1, 0},
                                 {address_of(rt_space_build_begin), POSTERN_PAGE, 0, 0},
                                 {own, POSTERN_PAGE, 3, 0x32},
                                 {own, POSTERN_PAGE, 7, 0x32},
                                 {rt::space::mailbox_in_child(), POSTERN_PAGE, 3, 0},
                                 {~uint64_t{0}, ~uint64_t{0}, ~uint64_t{0}, ~uint64_t{0}}};
    return all[index];
}

bool is_refused(const Outcome &outcome) {
    return !outcome.returned && outcome.fault.domain == Domain::alice &&
           outcome.fault.kind == rt::FaultKind::syscall;
}

/// A kernel may have the 32-bit ways in switched off. [linux idt.c v6.7]
bool is_refused_32(const Outcome &outcome) {
    return is_refused(outcome) ||
           (!outcome.returned && outcome.fault.kind == rt::FaultKind::protection);
}

Outcome make(const char *at, uint64_t number, const Arguments &arguments) {
    RegisterFile file = attack::hostile_file();
    file.rip = address_of(at);
    file.rax = number;
    file.rdi = arguments.a0;
    file.rsi = arguments.a1;
    file.rdx = arguments.a2;
    file.r10 = arguments.a3;
    file.r15 = address_of(attack_landing); // where the stub's instruction goes on
    attack::load(file);
    return attack::fire_within(2 * its_time_at_most()); // nothing here waits: a slow machine may
}

/// Every number with every set; `refused` says whether an end is right.
template <class Refused>
void sweep(const char *name, const char *at, uint64_t first, Refused refused) {
    uint64_t tried = 0, good = 0;
    for (uint64_t number = first; number <= first + last_number; ++number) {
        for (size_t set = 0; set < sets; ++set) {
            const Outcome outcome = make(at, number, set_of(set));
            const bool right = refused(outcome, number, set_of(set));
            if (!EXPECT(right)) {
                rt::log("by {}: call {}, arguments {}: {}", name, rt::Hex{number}, set,
                        outcome.returned ? "served" : "another fault");
            }
            good += right ? 1 : 0;
            ++tried;
        }
    }
    rt::log("by {}: {} of {} as they should end", name, good, tried);
    EXPECT(attack::canaries_intact() && all_well());
}

/// At the stub's site: what it may call comes back or, as rt_sigreturn, ends somewhere. Two numbers
/// pass every filter. The kernel serves them to its own trampoline alone, at an address that no
/// child has. [linux uprobes.c v6.18]
bool ends_as_the_stubs(const Outcome &outcome, uint64_t number, const Arguments &arguments) {
    const auto &[a0, a1, a2, a3] = arguments;
    constexpr uint64_t uretprobe = 335, uprobe = 336;
    if (number == uretprobe || number == uprobe) {
        return true;
    }
    if (!rt::space::serves(places(), static_cast<int>(number), {a0, a1, a2, a3})) {
        return is_refused(outcome);
    }
    return number == __NR_rt_sigreturn || outcome.returned;
}

} // namespace

POSTERN_TEST("attack.spaces.calls_by_its_own_instruction",
             SHOWS(child_filter_serves_the_stub_alone), TRIES(attack_114)) {
    attack::set_canaries();
    const auto refused = [](const Outcome &outcome, auto...) { return is_refused(outcome); };
    sweep("its own syscall", attack_syscall, 0, refused);
    sweep("its own syscall, as x32", attack_syscall, x32, refused);
    sweep("int 0x80", attack_int80, 0,
          [](const Outcome &outcome, auto...) { return is_refused_32(outcome); });
}

POSTERN_TEST("attack.spaces.calls_by_the_runtimes_instruction",
             SHOWS(child_filter_serves_the_stub_alone), TRIES(attack_114)) {
    attack::set_canaries();
    const auto refused = [](const Outcome &outcome, auto...) { return is_refused(outcome); };
    sweep("the runtime's", attack::find_bytes(rt_sys_call, "\x0f\x05\xc3", 3), 0, refused);
    sweep("the restorer's", attack::find_bytes(__restore_rt, "\x0f\x05", 2), 0, refused);
}

POSTERN_TEST("attack.spaces.calls_by_the_stubs_instruction",
             SHOWS(child_filter_serves_the_stub_alone), TRIES(attack_114)) {
    attack::set_canaries();
    sweep("the stub's syscall", rt_space_stub_syscall, 0, ends_as_the_stubs);
    sweep("the stub's syscall, as x32", rt_space_stub_syscall, x32, ends_as_the_stubs);
}

// What is refused by the filter, or by the seal on the file of the orders; and no store succeeds
// afterwards. The public words are in the range in which the stub changes protections.
POSTERN_TEST("attack.spaces.views_cannot_be_made_writable",
             SHOWS(child_filter_serves_the_stub_alone), TRIES(attack_75)) {
    attack::set_canaries();
    const uint64_t words = address_of(__arena_start) + POSTERN_SLOT_PUBLIC;
    const uint64_t views[] = {rt::space::mailbox_in_child(), words, address_of(__rodata_start),
                              address_of(__text_start), address_of(rt_space_stub_begin)};
    for (const uint64_t view : views) {
        constexpr uint64_t read_write = 3, madv_remove = 9, madv_dontneed = 4;
        const Outcome opened =
            make(rt_space_stub_syscall, __NR_mprotect, {view, POSTERN_PAGE, read_write, 0});
        EXPECT(view == words ? opened.returned : is_refused(opened));
        RegisterFile file = attack::hostile_file();
        file.rip = address_of(attack_poke);
        file.poke(reinterpret_cast<void *>(view + 0xf00), attack::loot);
        const Outcome stored = attack::strike(file);
        EXPECT(!stored.returned && stored.fault.kind == rt::FaultKind::write);
        EXPECT_EQUAL(stored.fault.address, view + 0xf00);
        EXPECT(is_refused(
            make(rt_space_stub_syscall, __NR_madvise, {view, POSTERN_PAGE, madv_remove, 0})));
        EXPECT(is_refused(
            make(rt_space_stub_syscall, __NR_madvise, {view, POSTERN_PAGE, madv_dontneed, 0})));
        EXPECT(is_refused(make(rt_space_stub_syscall, __NR_munmap, {view, POSTERN_PAGE, 0, 0})));
    }
    EXPECT(attack::canaries_intact() && all_well());
}
