/// The facts that the runtime must read out of each file of the corpus.
#include "tests/cpuid/expected.h"

namespace cpuid {

namespace {

constexpr const char *intel = "GenuineIntel";
constexpr const char *amd = "AuthenticAMD";
constexpr const char *hygon = "HygonGenuine";

constexpr const char *no_xsave = "no protection keys (CPUID shows no OSXSAVE";
constexpr const char *no_keys = "no protection keys (CPUID shows no PKU)";
constexpr const char *keys_off = "keys off (CPUID shows PKU, no OSPKE)";
constexpr const char *cannot_tell = "no XSAVE (CPUID shows no OSXSAVE)";
constexpr const char *no_fsgsbase = "CPUID shows no FSGSBASE";

// The emulator has no AVX-512 and puts PKRU where Intel's processors with AVX-512 and MPX put it.
constexpr Expected rows[] = {
    {"conroe", intel, 6, 15, 3, Vectors::sse, 0, no_xsave, cannot_tell, false, false},
    {"penryn", intel, 6, 23, 3, Vectors::sse, 0, no_xsave, cannot_tell, false, false},
    // unit.cpuid.nehalem shows cpuid_is_read_right
    {"nehalem", intel, 6, 26, 3, Vectors::sse, 0, no_xsave, cannot_tell, false, false},
    {"sandy_bridge", intel, 6, 42, 1, Vectors::avx, 0, no_keys, no_fsgsbase, false, false},
    {"haswell", intel, 6, 60, 4, Vectors::avx, 0, no_keys, nullptr, false, true},
    {"skylake_client", intel, 6, 94, 3, Vectors::avx, 0, no_keys, nullptr, false, true},
    {"skylake_server", intel, 6, 85, 4, Vectors::avx, 2688, nullptr, nullptr, false, true},
    {"cascadelake", intel, 6, 85, 6, Vectors::avx, 2688, nullptr, nullptr, false, true},
    // unit.cpuid.icelake_server shows cpuid_is_read_right
    {"icelake_server", intel, 6, 134, 0, Vectors::avx, 2688, nullptr, nullptr, false, true},
    {"denverton", intel, 6, 95, 1, Vectors::sse, 0, no_keys, nullptr, false, false},
    {"opteron_g3", amd, 16, 2, 3, Vectors::sse, 0, no_xsave, cannot_tell, false, false},
    {"epyc", amd, 23, 1, 2, Vectors::avx, 0, no_keys, nullptr, false, true},
    {"epyc_rome", amd, 23, 49, 0, Vectors::avx, 0, no_keys, nullptr, false, true},
    // unit.cpuid.epyc_milan shows cpuid_is_read_right
    {"epyc_milan", amd, 25, 1, 1, Vectors::avx, 2688, nullptr, nullptr, false, true},
    {"dhyana", hygon, 24, 0, 1, Vectors::avx, 0, no_keys, nullptr, false, true},
    {"qemu64", amd, 15, 107, 1, Vectors::sse, 0, no_xsave, cannot_tell, false, false},
    {"max", amd, 15, 107, 1, Vectors::avx, 2688, nullptr, nullptr, false, true},
    {"max_no_fsgsbase", amd, 15, 107, 1, Vectors::avx, 2688, no_fsgsbase, no_fsgsbase, false, true},
    {"max_nopku", amd, 15, 107, 1, Vectors::avx, 0, keys_off, nullptr, false, true},
    {"max_noxsave", amd, 15, 107, 1, Vectors::sse, 0, no_xsave, cannot_tell, false, false},
    // unit.cpuid.native_xeon shows cpuid_is_read_right
    {"native_xeon", intel, 6, 167, 1, Vectors::avx512, 0, no_keys, nullptr, true, true},
};

} // namespace

std::span<const Expected> expected() {
    return rows;
}

} // namespace cpuid
