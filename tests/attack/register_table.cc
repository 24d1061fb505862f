/// The register files with which every byte of the runtime's entries is jumped to.
#include "tests/attack/register_table.h"

#include "linker/symbols.h"
#include "tests/attack/canaries.h"

namespace attack {

namespace {

uint64_t in_slot(uint64_t offset) {
    return address_of(__arena_start) + offset;
}

} // namespace

Eax eax_row(size_t row) {
    // The target of a store: memory that only the view in question opens.
    const void *monitor = monitor_canary(0);
    const void *shared = reinterpret_cast<const void *>(public_word());
    const Eax rows[eax_count] = {
        {"monitor's view", views.monitor, monitor, false},
        {"everything open", 0, monitor, false},
        {"own view", views.alice, monitor, false},
        {"bob's view", views.bob, bob_canary(), false},
        {"window's view", views.window_alice, monitor, false},
        {"everything closed", 0xffffffff, monitor, true},
        {"handler's view", views.initial, shared, true},
    };
    return rows[row];
}

Rsp rsp_row(size_t row) {
    const Rsp rows[rsp_count] = {
        {"own stack", own_stack()},
        {"constants", address_of(attack_poke_words)},
        {"alternate stack, top", in_slot(POSTERN_SLOT_SIZE)},
        {"alternate stack, inside", in_slot(POSTERN_SLOT_SIZE - 0x2000)},
        {"alternate stack, middle", in_slot(POSTERN_SLOT_STACK_SECOND + 0x8000)},
        {"alternate stack, bottom", in_slot(POSTERN_SLOT_STACK_SECOND)},
        {"first alternate stack, inside", in_slot(POSTERN_SLOT_STACK_SECOND - 0x2000)},
        {"first alternate stack, middle", in_slot(POSTERN_SLOT_STACK_FIRST + 0x8000)},
        {"first alternate stack, bottom", in_slot(POSTERN_SLOT_STACK_FIRST) + 0x80},
        {"handlers' stack", in_slot(POSTERN_SLOT_HANDLER_TOP)},
        {"public page", public_word()},
        {"private page", in_slot(POSTERN_SLOT_PRIVATE + 0x800 + 0x40)},
        {"monitor's stack", address_of(__monitor_stack_end) - 0x800},
        {"bob's memory", address_of(bob_canary()) + 0x800},
        {"zero", 0},
        {"non-canonical", 0x8000000000000000},
    };
    return rows[row];
}

Flags flags_row(size_t row) {
    const Flags rows[flags_count] = {
        {"TF", 0x100, ATTACK_BY_IRETQ}, // after a popfq it would trap before the target
        {"DF", 0x400, ATTACK_BY_JUMP},   {"NT", 0x4000, ATTACK_BY_JUMP},
        {"AC", 0x40000, ATTACK_BY_JUMP}, {"DF, NT, AC, ID", 0x244400, ATTACK_BY_JUMP},
    };
    return rows[row];
}

RegisterFile file_of(const Eax &eax) {
    RegisterFile file = hostile_file();
    file.rax = eax.value;
    file.poke(eax.target, loot);
    return file;
}

RegisterFile pointing_file(const Eax &eax, uint64_t address) {
    RegisterFile file = file_of(eax);
    uint64_t *const pointers[] = {&file.rdi, &file.rsi, &file.rbp, &file.rbx, &file.r8,  &file.r9,
                                  &file.r10, &file.r11, &file.r12, &file.r13, &file.r14, &file.r15};
    for (uint64_t *pointer : pointers) {
        *pointer = address;
    }
    return file;
}

} // namespace attack
