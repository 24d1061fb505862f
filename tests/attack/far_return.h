/// Finds far returns and far calls, which the emulator cannot run at a domain's privilege.
#pragma once

namespace attack {

/// Whether control at `at` may come to an lret, iret or far call, as far as its bytes tell: an
/// instruction that this reader does not know counts as one. QEMU 7.2 reads and writes the stack
/// words of these with the kernel's rights instead of the program's, and the guest's kernel panics.
bool may_return_far(const char *at);

/// Marks each byte of the text from which direct jumps and calls lead to one, through however many
/// instructions. `marks` has one element, false, for each byte.
void mark_far_returns(bool *marks);

/// Whether one of the instructions of `function` begins at `at`. Looks no further than the first
/// jump, return or trap.
bool is_instruction_of(const char *function, const char *at);

} // namespace attack
