/// Prints what CPUID and XGETBV answer here, as a file of the corpus: `cpuid_dump [ORIGIN]`.
///
/// The first line says where it was recorded: ORIGIN, or the processor's own name. Answers that are
/// zero throughout are left out. It asks through the runtime's functions, and runs on any x86-64
/// processor, also one that the runtime refuses.
#include <sys/utsname.h>

#include <cinttypes>
#include <cstdio>
#include <string_view>

#include "rt/key/processor.h"

namespace {

using rt::key::Leaf;

/// Leaves whose subleaves say more. The topology's (0BH, 1FH) are left out: one machine's layout.
constexpr uint32_t with_subleaves[] = {4, 7, 0xd, 0x14, 0x1d};
constexpr uint32_t last_subleaf = 63;

void print(uint32_t leaf, uint32_t subleaf, const Leaf &answer) {
    if (answer != Leaf{}) {
        std::printf("cpuid %08x %02x  %08x %08x %08x %08x\n", leaf, subleaf, answer.eax, answer.ebx,
                    answer.ecx, answer.edx);
    }
}

/// All leaves from `first` to the one that it names as the highest, if it names one of its own
/// kind.
void print_range(uint32_t first) {
    const uint32_t last = rt::key::cpuid(first).eax;
    if (last < first || last - first > 0xff) {
        return;
    }
    for (uint32_t leaf = first; leaf <= last; ++leaf) {
        print(leaf, 0, rt::key::cpuid(leaf));
        for (const uint32_t deep : with_subleaves) {
            for (uint32_t subleaf = 1; deep == leaf && subleaf <= last_subleaf; ++subleaf) {
                print(leaf, subleaf, rt::key::cpuid(leaf, subleaf));
            }
        }
    }
}

} // namespace

int main(int count, char **arguments) {
    const auto leaves = rt::key::read_all_leaves();
    const auto processor = rt::key::decode(leaves);
    utsname kernel{};
    uname(&kernel);
    std::printf("recorded: %s\n", count > 1 ? arguments[1] : processor.brand.text);
    const std::string_view release = kernel.release;
    const auto version = release.substr(0, release.find('-')); // the rest is the distributor's
    std::printf("kernel: %s %.*s\n", kernel.sysname, static_cast<int>(version.size()),
                version.data());
    print_range(0);
    constexpr uint32_t hypervisor = 1u << 31;
    if ((leaves.version.ecx & hypervisor) != 0) {
        print_range(0x40000000);
    }
    print_range(0x80000000);
    std::printf("xcr0 %016" PRIx64 "\n", leaves.xcr0);
}
