/// The gates' wipe of registers, run on this machine's own processor: the emulator has no AVX-512.
#include <asm/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cpuid.h>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <initializer_list>

#include "rt/base/slot.h"

namespace {

constexpr uint64_t pattern = 0x5045524d414e454e;

/// The state that the wipe left.
struct Left {
    unsigned char zmm[32][64];
    uint64_t mask[8];
    unsigned char legacy[512]; // FXSAVE: x87 and MXCSR
};
alignas(64) Left left;
alignas(64) uint64_t full[8] = {pattern, pattern, pattern, pattern,
                                pattern, pattern, pattern, pattern};
alignas(4096) rt::base::Slot slot_words;
// Rounding modes of their own; in the second case division by zero is unmasked.
uint32_t start_mxcsr = 0x1f80;
uint32_t strange_mxcsr = 0x5fbf;
uint16_t strange_x87 = 0x0b7f;
uint16_t unmasked_x87 = 0x0b7b;
float zero = 0;

/// The begin and the end of the wipe.
extern "C" const char rt_gate_scrub[];
constexpr uint64_t scrub_bytes = 0x400;

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

/// Fills every vector, mask and x87 register, wipes them, and stores what is there then. With
/// `raise`, an x87 exception is left pending.
void fill_wipe_store(bool raise) {
    asm volatile(R"(
        fninit
        .rept 7
        fldpi
        .endr
        fldl (%[full])
        ldmxcsr %[mxcsr]
        fldcw %[x87]
        testb %[raise], %[raise]
        je 1f
        fldcw %[unmasked]
        fdivs %[zero]
        1:
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
        ldmxcsr %[ours]
    )"
                 :
                 : [full] "r"(full), [left] "r"(&left), [legacy] "i"(offsetof(Left, legacy)),
                   [mask] "i"(offsetof(Left, mask)), [mxcsr] "m"(strange_mxcsr),
                   [x87] "m"(strange_x87), [unmasked] "m"(unmasked_x87), [zero] "m"(zero),
                   [raise] "q"(raise), [ours] "m"(start_mxcsr)
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

template <class T>
T legacy(size_t offset) {
    T value;
    std::memcpy(&value, left.legacy + offset, sizeof value);
    return value;
}

/// No x87 flag is up and no register in use; the control words are the caller's affair.
bool status_is_fresh() {
    return legacy<uint16_t>(2) == 0 && legacy<uint8_t>(4) == 0;
}

bool data_is_zero() {
    return all_zero(left.zmm, sizeof left.zmm) && all_zero(left.mask, sizeof left.mask) &&
           x87_data_zero();
}

/// AMD's processors show the pointers only while an exception is pending.
bool shows_x87_pointers() {
    char vendor[12];
    unsigned most = 0;
    __get_cpuid(0, &most, reinterpret_cast<unsigned *>(vendor),
                reinterpret_cast<unsigned *>(vendor + 8), reinterpret_cast<unsigned *>(vendor + 4));
    return std::memcmp(vendor, "AuthenticAMD", sizeof vendor) != 0;
}

/// The last x87 instruction was the wipe's. Its operand's address and its opcode are kept always,
/// or only when an exception is raised that is not masked [sdm-1 8.1.8]: then they are what they
/// were.
bool x87_pointers_are_the_wipes() {
    const auto begin = reinterpret_cast<uint64_t>(rt_gate_scrub);
    const auto instruction = legacy<uint64_t>(8);
    return instruction >= begin && instruction < begin + scrub_bytes &&
           legacy<uint64_t>(16) != reinterpret_cast<uint64_t>(full);
}

int passes = 0;
int failures = 0;

void report(const char *name, bool good, const char *why) {
    if (good) {
        std::printf("passed %s\n", name);
        ++passes;
    } else {
        std::printf("failed %s: %s\n", name, why);
        ++failures;
    }
}

} // namespace

int main() {
    if (!has_avx512()) {
        for (const char *name : {"wipes_every_register", "clears_the_x87_status",
                                 "overwrites_the_x87_pointers", "survives_a_pending_exception"}) {
            std::printf("skipped hosted.scrub.%s: this processor has no AVX-512\n", name);
        }
        return 77;
    }
    slot_words.wipe_level = RT_WIPE_AVX512;
    if (syscall(SYS_arch_prctl, ARCH_SET_GS, &slot_words) != 0) {
        std::perror("arch_prctl");
        return 1;
    }
    fill_wipe_store(false);
    // hosted.scrub.wipes_every_register shows no_register_crosses_a_gate
    report("hosted.scrub.wipes_every_register", data_is_zero(),
           "a vector, mask or x87 register still holds something");
    // hosted.scrub.clears_the_x87_status shows no_register_crosses_a_gate
    report("hosted.scrub.clears_the_x87_status", status_is_fresh(),
           "the x87 status or tags are not those of the start");
    if (shows_x87_pointers()) {
        // hosted.scrub.overwrites_the_x87_pointers shows no_register_crosses_a_gate
        report("hosted.scrub.overwrites_the_x87_pointers", x87_pointers_are_the_wipes(),
               "the address of the last x87 instruction, or of its operand, is not the wipe's");
    } else {
        std::puts("skipped hosted.scrub.overwrites_the_x87_pointers: AMD's processors show them "
                  "only while an exception is pending");
    }
    fill_wipe_store(true);
    // hosted.scrub.survives_a_pending_exception shows no_register_crosses_a_gate tries attack_48
    report("hosted.scrub.survives_a_pending_exception", data_is_zero() && status_is_fresh(),
           "a register or the x87 status still holds something");
    std::printf("%d passed, %d failed, %d skipped\n", passes, failures, 4 - passes - failures);
    return failures;
}
