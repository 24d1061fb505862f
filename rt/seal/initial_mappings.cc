/// Unmaps what the kernel mapped for a program and the runtime does not use.
#include "rt/seal/initial_mappings.h"

#include "rt/base/panic.h"
#include "rt/sys/memory.h"
#include "rt/sys/vdso.h"

namespace rt::seal {

using base::Errno;
using base::Region;

namespace {

/// More than the initial stack can be: 6 MiB of arguments, and 128 KiB to grow. [linux exec.c
/// v6.12]
constexpr size_t stack_room = 2 * POSTERN_ARGUMENTS;

/// Opcode bytes and ModRM of WRPKRU (0F 01 EF), XRSTOR (0F AE /5 with a memory operand), WRFSBASE
/// or WRGSBASE (0F AE /2, /3 with a register, whatever the prefix).
/// [sdm-2 WRPKRU, sdm-2 XRSTOR, sdm-2 WRFSBASE/WRGSBASE]
bool changes_view_or_base(unsigned char opcode, unsigned char modrm) {
    const bool memory = modrm < 0xc0;
    const int digit = modrm >> 3 & 7;
    return (opcode == 0x01 && modrm == 0xef) ||
           (opcode == 0xae && (memory ? digit == 5 : digit == 2 || digit == 3));
}

/// The program is static and has mapped nothing yet, so no other mapping is near the vdso or the
/// stack.
Vdso remove_vdso(const crt::Handoff &handoff) {
    const Region code = sys::find_vdso(handoff);
    if (code.empty()) {
        return Vdso::absent;
    }
    const auto removed = sys::munmap(Region::from_raw(code.begin() - vvar_room, code.end()));
    if (removed) {
        return Vdso::removed;
    }
    if (removed.error() != Errno::not_permitted) {
        base::panic("start-up failed: removing the vdso: {}", removed.error());
    }
    const auto *begin = reinterpret_cast<const unsigned char *>(code.begin());
    if (const auto *found = find_forbidden(begin, code.bytes())) {
        base::panic(
            "the vdso, which this kernel does not let a program unmap, has an instruction that "
            "changes PKRU or a segment base, {} bytes after its beginning: boot with vdso=0",
            found - begin);
    }
    return Vdso::kept;
}

} // namespace

const unsigned char *find_forbidden(const unsigned char *begin, size_t bytes) {
    for (size_t i = 0; i + 3 <= bytes; ++i) {
        const unsigned char *at = begin + i;
        // The two-byte opcodes come after 0F, or after REX2 with its map bit set, on processors
        // with APX. [intel-apx REX2]
        if ((at[0] == 0x0f && changes_view_or_base(at[1], at[2])) ||
            (at[0] == 0xd5 && at[1] >= 0x80 && i + 4 <= bytes &&
             changes_view_or_base(at[2], at[3]))) {
            return at;
        }
    }
    return nullptr;
}

Vdso remove_initial_mappings(const crt::Handoff &handoff) {
    const Vdso vdso = remove_vdso(handoff);
    base::must(sys::munmap(Region::from_raw(handoff.stack_end - stack_room, handoff.stack_end)),
               "removing the kernel's initial stack");
    return vdso;
}

} // namespace rt::seal
