/// The gates' wipe of registers, run on this machine's own processor: the emulator has no AVX-512.
#include <asm/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cpuid.h>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "rt/base/slot.h"

namespace {

constexpr uint64_t pattern = 0x5045524d414e454e;

/// What the wipe left behind.
struct Left {
    unsigned char zmm[32][64];
    uint64_t mask[8];
    unsigned char legacy[512]; // FXSAVE: x87 and MXCSR
};
alignas(64) Left left;
alignas(64) uint64_t full[8] = {pattern, pattern, pattern, pattern,
                                pattern, pattern, pattern, pattern};
alignas(4096) rt::base::Slot slot_words;

bool has_avx512() {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (b >> 16 & 1) == 0 || (b >> 30 & 1) == 0) {
        return false;
    }
    uint32_t low = 0;
    uint32_t high = 0;
    asm("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & 0xe6) == 0xe6;
}

/// Fills every vector, mask and x87 register, wipes them, and stores what is there then.
void fill_wipe_store() {
    asm volatile(R"(
        fninit
        .rept 8
        fldpi
        .endr
        .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        vmovups (%[full]), %%zmm\n
        .endr
        .irp n, 0, 1, 2, 3, 4, 5, 6, 7
        kmovq (%[full]), %%k\n
        .endr
        call rt_gate_scrub
        fxsave64 %c[legacy](%[left])
        .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        vmovups %%zmm\n, 64 * \n(%[left])
        .endr
        .irp n, 0, 1, 2, 3, 4, 5, 6, 7
        kmovq %%k\n, %c[mask] + 8 * \n(%[left])
        .endr
        vzeroupper
        fninit
    )"
                 :
                 : [full] "r"(full), [left] "r"(&left), [legacy] "i"(offsetof(Left, legacy)),
                   [mask] "i"(offsetof(Left, mask))
                 : "rax", "memory", "cc");
}

bool all_zero(const void *begin, size_t bytes) {
    const auto *byte = static_cast<const unsigned char *>(begin);
    for (size_t i = 0; i < bytes; ++i) {
        if (byte[i] != 0) {
            return false;
        }
    }
    return true;
}

/// The mantissas of the eight x87 data registers; an MMX write sets the rest of each to ones.
bool x87_data_zero() {
    for (size_t number = 0; number < 8; ++number) {
        if (!all_zero(left.legacy + 32 + 16 * number, 8)) {
            return false;
        }
    }
    return true;
}

int failures = 0;

void report(const char *name, bool good, const char *why) {
    if (good) {
        std::printf("passed %s\n", name);
    } else {
        std::printf("failed %s: %s\n", name, why);
        ++failures;
    }
}

} // namespace

int main() {
    if (!has_avx512()) {
        std::puts("skipped hosted.scrub.wipes_every_register: this processor has no AVX-512");
        return 77;
    }
    slot_words.depth = RT_DEPTH_AVX512;
    if (syscall(SYS_arch_prctl, ARCH_SET_GS, &slot_words) != 0) {
        std::perror("arch_prctl");
        return 1;
    }
    fill_wipe_store();
    uint32_t mxcsr = 0;
    uint16_t control = 0;
    std::memcpy(&control, left.legacy, sizeof control);
    std::memcpy(&mxcsr, left.legacy + 24, sizeof mxcsr);
    report("hosted.scrub.wipes_every_register",
           all_zero(left.zmm, sizeof left.zmm) && all_zero(left.mask, sizeof left.mask) &&
               x87_data_zero() && mxcsr == 0x1f80 && control == 0x37f,
           "a vector, mask or x87 register or a control word still holds something");
    std::printf("%d passed, %d failed, 0 skipped\n", failures == 0 ? 1 : 0, failures);
    return failures;
}
