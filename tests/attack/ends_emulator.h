/// Finds the instructions of which the emulator dies.
#pragma once

namespace attack {

/// Whether control at `at` may come to an instruction of which QEMU 7.2 dies, as far as its bytes
/// tell. An instruction that this reader does not know counts as one.
///   - lret, iret, far call: QEMU reads and writes their stack words with the kernel's rights
///     instead of the program's, and the guest's kernel panics.
///   - pinsrw with a VEX prefix and without 66, which no processor knows: an assertion in QEMU's
///     translation fails (gen_pinsr, `vec_len == 16`), and QEMU aborts.
bool may_end_emulator(const char *at);

/// Marks each byte of the text from which direct jumps and calls lead to such an instruction, through
/// however many others. `marks` has one element, false, for each byte.
void mark_emulator_ends(bool *marks);

/// Whether one of the instructions of `function` begins at `at`. Looks no further than the first
/// jump, return or trap.
bool is_instruction_of(const char *function, const char *at);

} // namespace attack
