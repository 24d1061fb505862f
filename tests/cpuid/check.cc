/// The runtime's decisions on recorded processors: `cpuid_check FOLDER`, one case for each file.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "rt/key/processor.h"
#include "rt/patch/features.h"
#include "tests/cpuid/expected.h"
#include "tests/cpuid/recording.h"

namespace cpuid {
namespace {

using rt::key::CpuidLeaves;
using rt::key::decode;

/// Faults of the case that runs; empty when it holds.
std::vector<std::string> faults;
int failed_cases = 0;
int passed_cases = 0;

void expect(bool good, const std::string &what) {
    if (!good) {
        faults.push_back(what);
    }
}

void expect_equal(uint64_t seen, uint64_t wanted, const std::string &what) {
    expect(seen == wanted,
           what + " is " + std::to_string(seen) + ", wanted " + std::to_string(wanted));
}

void expect_refusal(const char *seen, const char *wanted) {
    const std::string line = seen == nullptr ? "(accepted)" : seen;
    const std::string words = wanted == nullptr ? "(accepted)" : wanted;
    expect(line.find(words) != line.npos, "start-up says: " + line + "; wanted: " + words);
}

void run(const std::string &name, const std::function<void()> &body) {
    faults.clear();
    body();
    ++(faults.empty() ? passed_cases : failed_cases);
    std::printf("%s %s\n", faults.empty() ? "passed" : "failed", name.c_str());
    for (const auto &fault : faults) {
        std::printf("  %s\n", fault.c_str());
    }
}

/// The leaves that read_start_leaves reads, of the same processor.
CpuidLeaves start_leaves(const CpuidLeaves &all) {
    CpuidLeaves start{};
    start.version = all.version;
    start.features = all.features;
    start.xcr0 = all.xcr0;
    return start;
}

/// The features by which start-up patches: one depth of the wipe, and the others that were
/// recorded.
void expect_features(const rt::key::Processor &processor, const Expected &wanted) {
    using rt::key::Isolation;
    using rt::patch::Feature;
    for (const auto isolation : {Isolation::keys, Isolation::spaces, Isolation::none}) {
        const auto features = rt::patch::features_of(processor, isolation);
        const auto has = [&](Feature feature) { return uint64_t{features.has(feature)}; };
        expect_equal(has(Feature::wipe_sse), wanted.vectors == Vectors::sse, "wipe_sse");
        expect_equal(has(Feature::wipe_avx), wanted.vectors == Vectors::avx, "wipe_avx");
        expect_equal(has(Feature::wipe_avx512), wanted.vectors == Vectors::avx512, "wipe_avx512");
        expect_equal(has(Feature::fsrm), wanted.fsrm, "fsrm");
        expect_equal(has(Feature::avx2), wanted.avx2 && wanted.vectors != Vectors::sse, "avx2");
        expect_equal(has(Feature::avx512),
                     wanted.avx2 && wanted.fsrm && wanted.vectors == Vectors::avx512, "avx512");
        expect_equal(has(Feature::no_keys), isolation != Isolation::keys, "no_keys");
        expect_equal(has(Feature::spaces), isolation == Isolation::spaces, "spaces");
        expect_equal(has(Feature::apart), isolation == Isolation::spaces, "apart");
    }
}

void check_file(const Recording &recording, const Expected &wanted) {
    const auto processor = decode(recording.leaves);
    expect(std::string(processor.vendor.text) == wanted.vendor,
           std::string("vendor is ") + processor.vendor.text);
    expect_equal(processor.family, wanted.family, "family");
    expect_equal(processor.model, wanted.model, "model");
    expect_equal(processor.stepping, wanted.stepping, "stepping");
    expect_equal(processor.vector_depth, static_cast<uint64_t>(wanted.vectors), "vector depth");
    expect_equal(processor.pkru_offset, wanted.pkru_offset, "offset of PKRU");
    expect(processor.pkru_offset == 0 || processor.pkru_offset + 4 <= processor.xsave_bytes,
           "PKRU lies behind the end of the XSAVE area");
    expect_refusal(processor.refusal, wanted.refusal);
    expect_refusal(processor.refusal_without_keys, wanted.refusal_without_keys);
    expect_equal(processor.fsrm, wanted.fsrm, "fast short rep movsb");
    expect_equal(processor.avx2, wanted.avx2, "AVX2");
    expect_features(processor, wanted);
    const auto at_start = decode(start_leaves(recording.leaves));
    expect(at_start.refusal == processor.refusal, "start-up, which asks less, decides otherwise");
    expect_equal(at_start.vector_depth, processor.vector_depth, "vector depth at start");
    expect_equal(at_start.fsrm, processor.fsrm, "fast short rep movsb at start");
    expect_equal(at_start.avx2, processor.avx2, "AVX2 at start");
    expect_equal(at_start.has_keys, processor.has_keys, "keys at start");
}

/// A file that names QEMU was answered by its emulator, and any other names the processor itself.
void check_origin(const Recording &recording) {
    const std::string brand = decode(recording.leaves).brand.text;
    if (recording.hypervisor == "TCGTCGTCGTCG") {
        expect(recording.origin.starts_with("QEMU "), recording.name + " hides that it is QEMU's");
    } else {
        expect(recording.origin == brand,
               recording.name + " is of '" + brand + "', says '" + recording.origin + "'");
    }
}

/// From an accepted processor each need is taken away alone: each has its own line.
void check_needs(const CpuidLeaves &accepted) {
    expect_refusal(decode(accepted).refusal, nullptr);
    expect(decode(accepted).has_keys, "an accepted processor has no keys");
    CpuidLeaves leaves = accepted;
    leaves.version.ecx &= ~(1u << 27);
    expect_refusal(decode(leaves).refusal, "CPUID shows no OSXSAVE");
    leaves = accepted;
    leaves.features.ecx &= ~(1u << 3);
    expect_refusal(decode(leaves).refusal, "CPUID shows no PKU)");
    leaves = accepted;
    leaves.features.ecx &= ~(1u << 4);
    expect_refusal(decode(leaves).refusal, "CPUID shows PKU, no OSPKE");
    expect_refusal(decode(leaves).refusal_without_keys, nullptr);
    expect(!decode(leaves).has_keys, "keys that the kernel left off count");
    leaves = accepted;
    leaves.features.ebx &= ~1u;
    expect_refusal(decode(leaves).refusal, "CPUID shows no FSGSBASE");
    expect_refusal(decode(leaves).refusal_without_keys, "CPUID shows no FSGSBASE");
    expect(decode(leaves).has_keys, "without FSGSBASE keys do not count");
    leaves = accepted;
    leaves.xcr0 &= ~(1u << 9);
    expect_refusal(decode(leaves).refusal, "XCR0 without bit 9");
    expect_refusal(decode(leaves).refusal_without_keys, nullptr);
    expect(!decode(leaves).has_keys, "keys that no frame saves count");
}

/// Leaves above the highest hold anything: a processor before XSAVE that answers them with ones.
void check_absent_leaves(const CpuidLeaves &without_xsave) {
    constexpr rt::key::Leaf ones = {~0u, ~0u, ~0u, ~0u};
    CpuidLeaves leaves = without_xsave;
    leaves.features = leaves.saved_state = leaves.saved_pkru = ones;
    const auto processor = decode(leaves);
    expect(!processor.pku && !processor.ospke && !processor.fsgsbase && !processor.amx &&
               processor.pkru_offset == 0 && processor.xsave_bytes == 0,
           "an absent leaf is believed");
    leaves.extended.eax = 0x80000001;
    expect(decode(leaves).brand.text[0] == '\0', "an absent brand is read");
}

/// The three depths, and AVX-512 half enabled, which is not enough.
void check_depths(CpuidLeaves leaves) {
    const auto depth = [&leaves](uint64_t xcr0) {
        leaves.xcr0 = xcr0;
        return decode(leaves).vector_depth;
    };
    expect_equal(depth(0x203), RT_WIPE_SSE, "x87 and SSE");
    expect_equal(depth(0x207), RT_WIPE_AVX, "and AVX");
    expect_equal(depth(0x2e7), RT_WIPE_AVX512, "and AVX-512");
    expect_equal(depth(0x267), RT_WIPE_AVX, "and AVX-512 but for registers 16 to 31");
    expect_equal(depth(0x2e3), RT_WIPE_SSE, "AVX-512 without AVX");
}

/// State that no gate wipes is named: APX, all later extensions, and half of AVX-512.
void check_unwiped(CpuidLeaves leaves) {
    const auto unwiped = [&leaves](uint64_t xcr0) {
        leaves.xcr0 = xcr0;
        return decode(leaves).unwiped;
    };
    expect_equal(unwiped(0x602e7), uint64_t{0}, "up to AVX-512 and tiles");
    expect_equal(unwiped(0x21f), uint64_t{0}, "AVX and MPX");
    expect_equal(unwiped(0x802e7), uint64_t{1} << 19, "APX");
    expect_equal(unwiped(uint64_t{1} << 62 | 0x207), uint64_t{1} << 62, "the last bit but one");
    expect_equal(unwiped(0x267), uint64_t{0x60}, "AVX-512 but for registers 16 to 31");
}

int run_all(const std::string &folder) {
    std::vector<Recording> recordings;
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
        recordings.push_back(read_recording(entry.path()));
    }
    const auto rows = expected();
    const auto of_name = [&recordings](const std::string &name) -> const Recording & {
        const auto found = std::find_if(recordings.begin(), recordings.end(),
                                        [&name](const auto &one) { return one.name == name; });
        if (found == recordings.end()) {
            throw std::runtime_error(name + ".txt is missing in the corpus");
        }
        return *found;
    };
    for (const auto &row : rows) {
        run("unit.cpuid." + std::string(row.file), [&] { check_file(of_name(row.file), row); });
    }
    // unit.cpuid.each_file_says_where_it_was_recorded shows cpuid_is_read_right
    run("unit.cpuid.each_file_says_where_it_was_recorded", [&] {
        expect_equal(recordings.size(), rows.size(), "number of files");
        std::for_each(recordings.begin(), recordings.end(), check_origin);
    });
    // unit.cpuid.each_need_has_its_own_line shows missing_feature_is_one_line
    run("unit.cpuid.each_need_has_its_own_line", [&] { check_needs(of_name("max").leaves); });
    // unit.cpuid.absent_leaves_are_not_believed shows cpuid_is_read_right
    run("unit.cpuid.absent_leaves_are_not_believed",
        [&] { check_absent_leaves(of_name("nehalem").leaves); });
    // unit.cpuid.depth_follows_what_the_kernel_enabled shows cpuid_is_read_right
    run("unit.cpuid.depth_follows_what_the_kernel_enabled",
        [&] { check_depths(of_name("max").leaves); });
    // unit.cpuid.state_that_no_gate_wipes_is_named shows unwiped_registers_are_told tries attack_58
    run("unit.cpuid.state_that_no_gate_wipes_is_named",
        [&] { check_unwiped(of_name("max").leaves); });
    std::printf("%d passed, %d failed, 0 skipped\n", passed_cases, failed_cases);
    return failed_cases == 0 ? 0 : 1;
}

} // namespace
} // namespace cpuid

int main(int count, char **arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: cpuid_check FOLDER\n");
        return 2;
    }
    try {
        return cpuid::run_all(arguments[1]);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "cpuid_check: %s\n", error.what());
        return 1;
    }
}
