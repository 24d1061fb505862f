/// The emulator's own deaths: a far return of a program's, at whose stack the guest's kernel stops.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace guest_oops {

/// In the emulator: from now on the guest's kernel ends the program alone when it oopses. Elsewhere
/// nothing is changed, and no death is the emulator's.
void survive();

/// Forgets what the kernel has said so far.
void forget();

/// The offset in `image` of the lret, iret or far call for which the kernel has oopsed: QEMU 7.2
/// reads and writes the stack words of these with the kernel's rights instead of the program's.
/// Nothing, if the kernel has said nothing, or if another instruction is there.
std::optional<uint64_t> far_return(const std::string &image);

} // namespace guest_oops
