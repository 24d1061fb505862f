/// The exception table: which instructions may fault on a domain's memory, and where the monitor
/// goes on then.
#pragma once

#ifdef __ASSEMBLER__
// clang-format off

// Written beside an access of the section .gate.uaccess: after a fault at \insn the monitor goes on
// at \fixup, with the window closed and all registers except rax as the fault found them. The
// linker sorts the rows by the addresses of the code that they belong to (SHF_LINK_ORDER), and
// drops them with it.
.macro exception_entry insn, fixup
  .pushsection __ex_table, "ao", @progbits, .gate.uaccess
  .long \insn - .
  .long \fixup - .
  .popsection
.endm

// clang-format on
#else

#include <stdint.h>

namespace rt::uaccess {

/// One row; each distance counts from its own field.
struct ExceptionEntry {
    int32_t instruction;
    int32_t fixup;

    uintptr_t instruction_address() const { return address_of(instruction); }
    uintptr_t fixup_address() const { return address_of(fixup); }

private:
    static uintptr_t address_of(const int32_t &distance) {
        return reinterpret_cast<uintptr_t>(&distance) + static_cast<uintptr_t>(intptr_t{distance});
    }
};
static_assert(sizeof(ExceptionEntry) == 8);

/// The address to go on at after a fault of the instruction at `rip`, or 0 if it has no entry. It
/// is a binary search, and nothing is allocated.
uintptr_t fixup_of(uintptr_t rip);

} // namespace rt::uaccess

/// In ascending order of the instructions; linker/image.ld.in.
extern "C" const rt::uaccess::ExceptionEntry __start___ex_table[], __stop___ex_table[];

#endif
