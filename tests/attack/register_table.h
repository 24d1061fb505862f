/// The register files with which every byte of the runtime's entries is jumped to.
#pragma once

#include "tests/attack/crossings.h"

namespace attack {

/// Calls visit(file, name) for each register file; rip is left to the visitor. Every value of eax
/// is combined with every value of rsp; gs is kept, then zeroed. Files whose eax closes the frame
/// key are left out unless `closing_frame_key`, in which case they are the only ones.
template <class Visit>
void for_each_file(bool closing_frame_key, Visit visit);

/// A value of eax and what a store under that view would reach.
struct Eax {
    const char *name;
    uint32_t value;
    const volatile void *target;
    bool closes_frame_key;
};

/// A value of rsp.
struct Rsp {
    const char *name;
    uint64_t value;
};

constexpr size_t eax_count = 7;
constexpr size_t rsp_count = 12;
Eax eax_row(size_t row);
Rsp rsp_row(size_t row);

template <class Visit>
void for_each_file(bool closing_frame_key, Visit visit) {
    for (size_t row = 0; row < eax_count; ++row) {
        const Eax eax = eax_row(row);
        if (eax.closes_frame_key != closing_frame_key) {
            continue;
        }
        RegisterFile file = hostile_file();
        file.rax = eax.value;
        file.poke(eax.target, loot);
        for (size_t stack = 0; stack < rsp_count; ++stack) {
            file.rsp = rsp_row(stack).value;
            file.loads_gs = 0;
            visit(file, rsp_row(stack).name);
            file.loads_gs = 1;
            visit(file, rsp_row(stack).name);
        }
        // A count in rcx, for whoever jumps to the copy instruction itself.
        file = hostile_file();
        file.rax = eax.value;
        file.poke(eax.target, loot);
        file.rcx = 64;
        visit(file, "own stack, count in rcx");
        // Crossings, the attacker's and its victim's, and a row of the table for whoever jumps
        // behind the look-up.
        file = hostile_file();
        file.rax = eax.value;
        file.poke(eax.target, loot);
        file.rdi = to_add.number;
        visit(file, "own crossing");
        file.rdi = to_strike.number;
        file.rdx = crossing_row();
        visit(file, "victim's crossing, row in rdx");
    }
}

} // namespace attack
