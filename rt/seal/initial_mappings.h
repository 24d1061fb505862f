/// Unmaps what the kernel mapped for a program and the runtime does not use.
#pragma once

#include "crt/handoff.h"
#include "rt/base/region.h"

namespace rt::seal {

enum class Vdso : uint8_t {
    removed,
    absent, // the kernel mapped none
    kept,   // the kernel sealed it; scanned, and nothing in it changes PKRU, fs base or gs base
};

/// More bytes than any kernel maps before a vdso (rt/KERNELS.md).
inline constexpr size_t vvar_room = 0x10000;

/// Unmaps the vdso with its data and the initial stack, whose contents crt has copied. A vdso that
/// cannot be unmapped and holds an instruction that changes PKRU or a base ends the program.
Vdso remove_initial_mappings(const crt::Handoff &handoff);

/// The first place in [begin, begin + bytes) where WRPKRU, XRSTOR, WRFSBASE or WRGSBASE begins, at
/// any byte; null if there is none. Privileged instructions do not count, nor does `syscall`, which
/// dispatch refuses at every address.
const unsigned char *find_forbidden(const unsigned char *begin, size_t bytes);

} // namespace rt::seal
