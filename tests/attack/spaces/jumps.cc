/// The attacker jumps to any byte of the text that its process has, the stub's, the gates' and the
/// monitor's too, with registers that lead to memory of others. What must hold: its call ends as a
/// value or as a fault of its own, and memory of others and the program are as they were.
#include "linker/symbols.h"
#include "tests/attack/canaries.h"
#include "tests/attack/register_table.h"
#include "tests/attack/spaces/hostile.h"
#include "tests/attack/spaces/process.h"

namespace {

using attack::RegisterFile;
using namespace spaces;

/// A word of a register: what the stub, a gate or a store of the monitor's would use.
uint64_t word(harness::Random &random) {
    const uint64_t words[] = {random.next(),
                              random.below(512),
                              attack::address_of(attack::monitor_canary(random.below(4))),
                              attack::address_of(attack::bob_canary()),
                              attack::own_memory(),
                              attack::own_stack(),
                              attack::address_of(attack_landing),
                              attack::address_of(attack_poke_words),
                              rt::space::mailbox_in_child() + 8 * random.below(0x3000),
                              attack::address_of(__text_start) + random.below(0x40000),
                              attack::address_of(__regions_start) + random.below(0x40000)};
    return words[random.below(sizeof words / sizeof words[0])];
}

RegisterFile random_file(harness::Random &random) {
    RegisterFile file = attack::hostile_file();
    uint64_t *const registers[] = {&file.rax, &file.rbx, &file.rcx, &file.rdx, &file.rsi,
                                   &file.rdi, &file.rbp, &file.r8,  &file.r9,  &file.r10,
                                   &file.r11, &file.r12, &file.r13, &file.r14, &file.r15};
    for (uint64_t *each : registers) {
        if (random.below(3) != 0) {
            *each = word(random);
        }
    }
    if (random.below(4) == 0) {
        file.rsp = word(random);
    }
    if (random.below(8) == 0) {
        file.loads_gs = 1;
    }
    if (random.below(8) == 0) {
        file.flags |= 0x44500 & random.next(); // AC, NT, DF, TF
    }
    return file;
}

/// Jumps to each `step`-th byte from `first` on.
void sweep(harness::Random &random, uint64_t first, uint64_t step) {
    constexpr uint64_t its_time = 3'000'000;
    const auto bytes = static_cast<uint64_t>(__text_end - __text_start);
    uint64_t jumps = 0, values = 0, cut = 0, died = 0, others = 0, longest = 0;
    for (uint64_t place = first; place < bytes; place += step) {
        RegisterFile file = random_file(random);
        file.rip = attack::address_of(__text_start + place);
        attack::load(file);
        const uint64_t begun = now();
        const attack::Outcome outcome = attack::fire_within(its_time);
        const uint64_t took = now() - begun;
        longest = took > longest ? took : longest;
        ++jumps;
        values += outcome.returned ? 1 : 0;
        if (!outcome.returned) {
            const rt::Fault &fault = outcome.fault;
            cut += fault.kind == rt::FaultKind::deadline ? 1 : 0;
            died += fault.kind == rt::FaultKind::died ? 1 : 0;
            others += fault.domain != Domain::alice ? 1 : 0;
        }
        if (!EXPECT(attack::memory_intact())) {
            rt::log("by a jump to {}", rt::Hex{file.rip});
            attack::set_canaries();
        }
    }
    rt::log("{} jumps: {} values, {} deadlines, {} died; the longest took {} us", jumps, values,
            cut, died, longest / 1000);
    EXPECT_EQUAL(others, 0);
    EXPECT(jumps > 0 && values < jumps);
}

} // namespace

POSTERN_TEST("attack.spaces.jump_to_each_byte", SHOWS(no_jump_into_an_app_gains), TRIES(attack_7)) {
    attack::set_canaries();
    harness::Random random(4);
    const uint64_t step = in_short_and_long(11, 1);
    sweep(random, random.below(step), step);
    EXPECT(attack::canaries_intact() && all_well());
}

// The stub and the pages around it: each byte, with other registers each time.
POSTERN_TEST("attack.spaces.jump_to_each_byte_of_the_stub", SHOWS(no_jump_into_an_app_gains),
             TRIES(attack_7)) {
    attack::set_canaries();
    harness::Random random(5);
    const auto stub = static_cast<uint64_t>(rt_space_build_begin - __text_start);
    for (uint64_t round = 0; round < in_short_and_long(1, 32); ++round) {
        sweep(random, stub, 1);
    }
    EXPECT(attack::canaries_intact() && all_well());
}
