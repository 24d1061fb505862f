/// The register files with which every byte of the runtime's entries is jumped to.
#pragma once

#include "tests/attack/cross_calls.h"

namespace attack {

/// Calls visit(file, name) for each register file; rip is left to the visitor. Every value of eax
/// is combined with every value of rsp, with gs kept, then zeroed; with every row of flags; with
/// all pointers into the monitor's memory. Files whose eax closes the frame key are left out unless
/// `closing_frame_key`, in which case they are the only ones.
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

/// Flags, and the way to have them at the target.
struct Flags {
    const char *name;
    uint64_t value;
    uint64_t way;
};

constexpr size_t eax_count = 7;
constexpr size_t rsp_count = 16;
constexpr size_t flags_count = 5;
Eax eax_row(size_t row);
Rsp rsp_row(size_t row);
Flags flags_row(size_t row);

/// A hostile_file with this eax, which stores what the view in question opens.
RegisterFile file_of(const Eax &eax);

/// The same with every pointer, and whatever may be one, at `address`.
RegisterFile pointing_file(const Eax &eax, uint64_t address);

template <class Visit>
void for_each_file(bool closing_frame_key, Visit visit) {
    for (size_t row = 0; row < eax_count; ++row) {
        const Eax eax = eax_row(row);
        if (eax.closes_frame_key != closing_frame_key) {
            continue;
        }
        RegisterFile file = file_of(eax);
        for (size_t stack = 0; stack < rsp_count; ++stack) {
            file.rsp = rsp_row(stack).value;
            file.loads_gs = 0;
            visit(file, rsp_row(stack).name);
            file.loads_gs = 1;
            visit(file, rsp_row(stack).name);
        }
        for (size_t flags = 0; flags < flags_count; ++flags) {
            file = file_of(eax);
            file.flags |= flags_row(flags).value;
            file.way = flags_row(flags).way;
            visit(file, flags_row(flags).name);
        }
        file = pointing_file(eax, address_of(eax.target));
        visit(file, "all pointers at the target");
        // A count in rcx, for a jump to the copy instruction itself.
        file = file_of(eax);
        file.rcx = 64;
        visit(file, "own stack, count in rcx");
        // Cross calls, the attacker's and its victim's, and a row of the table for a jump to the
        // bytes after the look-up.
        file = file_of(eax);
        file.rdi = to_add.number;
        visit(file, "own cross call");
        file.rdi = to_strike.number;
        file.rdx = cross_call_row();
        visit(file, "victim's cross call, row in rdx");
    }
}

} // namespace attack
