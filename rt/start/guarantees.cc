/// What the runtime guarantees on this machine, in words.
#include "rt/start/guarantees.h"

#include "rt/base/slot.h"

namespace rt::start {

namespace {

/// A guarantee that keys give, in a run without isolation. `evidence` is as with keys, because a
/// row keeps it.
Guarantee without_keys(const char *name, Evidence evidence, const char *missing) {
    return {name, evidence, "nothing", missing,
            "a processor and a kernel with protection keys isolate domains"};
}

bool has_spaces(const Guarantees &here) {
    return here.isolation == key::Isolation::spaces;
}

/// A guarantee that holds because no code of a domain's runs in this process.
Guarantee by_spaces(const char *name, const char *provider) {
    return {name, Evidence::by_return_value, provider, nullptr, nullptr};
}

Guarantee keys(const Guarantees &here) {
    if (has_spaces(here)) {
        return by_spaces("keys", "not used: each domain runs in a process of its own");
    }
    if (here.isolation == key::Isolation::none) {
        return without_keys("keys", Evidence::by_number,
                            "a domain reads and writes all memory, the monitor's too");
    }
    return {"keys", Evidence::by_return_value, "1 to 15, each with the number it was compiled with",
            nullptr, nullptr};
}

Guarantee key_0(const Guarantees &here) {
    if (has_spaces(here)) {
        return by_spaces("key_0", "not used: constants are read-only in every process");
    }
    if (here.isolation == key::Isolation::none) {
        return without_keys("key_0", Evidence::by_number, "a domain writes what all domains read");
    }
    if (!here.key_0_writable) {
        return {"key_0", Evidence::by_number, "write-disabled in every domain's view", nullptr,
                nullptr};
    }
    return {"key_0", Evidence::by_number, "write-disabled in some domains' views",
            "a domain declared with WRITES_KEY_0 can change everything on key 0",
            "a build without WRITES_KEY_0 keeps key 0 from every domain"};
}

Guarantee frames(const Guarantees &here) {
    if (has_spaces(here)) {
        return by_spaces("signal_frames", "a domain's process has no frames of the monitor's");
    }
    if (here.isolation == key::Isolation::none) {
        return without_keys("signal_frames", Evidence::by_number,
                            "a domain reaches the frames of its own faults");
    }
    if (here.frames == trap::FrameStrategy::monitor_key) {
        return {"signal_frames", Evidence::probed, "the monitor's key 1", nullptr, nullptr};
    }
    return {
        "signal_frames", Evidence::probed, "the frame key 15, open in every view",
        "a domain reaches the frames of its own faults, and ends the program by closing that key",
        "Linux 6.12 or newer keeps signal frames on the monitor's key"};
}

Guarantee system_calls(const Guarantees &here) {
    if (has_spaces(here) && here.system_calls != Mediation::nobody) {
        return by_spaces("system_calls", "the seccomp filter of each domain's process");
    }
    if (here.isolation == key::Isolation::none && here.system_calls == Mediation::dispatch) {
        return without_keys("system_calls", here.mediation_evidence,
                            "a domain can open the dispatch selector, which is memory");
    }
    const char *provider = "";
    switch (here.system_calls) {
    case Mediation::dispatch:
        provider = "Syscall User Dispatch";
        break;
    case Mediation::filter:
        provider = "a seccomp filter, by address and a random word";
        break;
    case Mediation::nobody:
        provider = "no domain is there to make any";
        break;
    }
    return {"system_calls", here.mediation_evidence, provider, nullptr, nullptr};
}

Guarantee system_call_sites(const Guarantees &here) {
    Guarantee row = system_calls(here);
    row.name = "system_call_sites";
    if (has_spaces(here)) {
        return row;
    }
    if (here.system_calls == Mediation::dispatch && row.missing == nullptr) {
        row.provider = "the dispatch selector";
    } else if (here.system_calls == Mediation::filter) {
        if (here.isolation == key::Isolation::none) {
            return without_keys(row.name, here.mediation_evidence,
                                "a domain can read the random word");
        }
        row.provider = "the random word, which no domain reads";
    }
    return row;
}

Guarantee register_wipe(const Guarantees &here) {
    const char *provider = "SSE: xmm0 to xmm15";
    if (here.vector_depth == RT_WIPE_AVX) {
        provider = "AVX: ymm0 to ymm15";
    } else if (here.vector_depth == RT_WIPE_AVX512) {
        provider = "AVX-512: zmm0 to zmm31, k0 to k7";
    }
    if (here.unwiped_state == 0) {
        return {"register_wipe", Evidence::by_number, provider, nullptr, nullptr};
    }
    return {"register_wipe", Evidence::by_number, provider,
            "registers that no gate wipes are switched on, and cross gates (APX's r16 to r31, or "
            "newer ones)",
            "a kernel that leaves registers off which Postern does not wipe (clearcpuid=apx)"};
}

Guarantee map(const Guarantees &here) {
    if (here.map == seal::Provider::mseal) {
        return {"map", Evidence::by_return_value, "mseal", nullptr, nullptr};
    }
    if (has_spaces(here)) {
        return by_spaces("map", "the seccomp filter of each domain's process");
    }
    return {"map", Evidence::by_return_value, "nothing",
            here.map == seal::Provider::nobody
                ? "this image of tests is declared UNSEALED"
                : "code that could make a system call could change the memory map",
            "Linux 6.10 or newer seals the memory map"};
}

Guarantee vdso(const Guarantees &here) {
    const char *provider = "removed";
    if (here.vdso == seal::Vdso::absent) {
        provider = "the kernel maps none";
    } else if (here.vdso == seal::Vdso::kept) {
        provider = "sealed by the kernel; no instruction in it changes PKRU or a base";
    }
    return {"vdso", Evidence::probed, provider, nullptr, nullptr};
}

Guarantee system_call_filter(const Guarantees &here) {
    constexpr const char *name = "system_call_filter";
    constexpr Evidence evidence = Evidence::by_return_value;
    if (has_spaces(here) && here.seccomp_mode == syscall::SeccompMode::may_exec) {
        return by_spaces(name, "seccomp, in each domain's process whole, and in this program the "
                               "rules that executed programs can live with");
    }
    switch (here.seccomp_mode) {
    case syscall::SeccompMode::strict:
        return {name, evidence, "seccomp: two sites, and what rt/syscall/rules.h leaves", nullptr,
                nullptr};
    case syscall::SeccompMode::nobody:
        return {name, evidence, "no domain is there to make any", nullptr, nullptr};
    case syscall::SeccompMode::may_exec:
        return {name, evidence, "seccomp: the rules that executed programs can live with",
                "system calls from any place, exec and new code are refused by dispatch alone",
                "an app without MAY_EXEC has the whole system call filter"};
    case syscall::SeccompMode::omitted:
        return {name, evidence, "nothing", "this image was made without it, for tests",
                "an app is never made without it"};
    case syscall::SeccompMode::missing:
        break;
    }
    return {name, evidence, "nothing", "system calls are refused by dispatch alone",
            "a kernel with CONFIG_SECCOMP_FILTER has system call filters"};
}

Guarantee new_code(const Guarantees &here) {
    constexpr const char *name = "new_code";
    constexpr Evidence evidence = Evidence::by_return_value;
    if (here.code_gain == syscall::CodeGain::for_good) {
        return {name, evidence, "refused by the kernel (MDWE), executed programs included", nullptr,
                nullptr};
    }
    if (here.code_gain == syscall::CodeGain::for_this_one) {
        return {name, evidence, "refused by the kernel (MDWE) in this program", nullptr, nullptr};
    }
    if (here.seccomp_mode == syscall::SeccompMode::strict) {
        return {name, evidence, "refused by the system call filter", nullptr, nullptr};
    }
    if (has_spaces(here) && here.seccomp_mode != syscall::SeccompMode::missing) {
        return by_spaces(name, "refused by the seccomp filter of each domain's process");
    }
    return {name, evidence, "nothing", "a system call of the program's can make memory executable",
            "Linux 6.6 or newer refuses new code in the program alone"};
}

} // namespace

GuaranteeTable table_of(const Guarantees &here) {
    return {{
        keys(here),
        key_0(here),
        frames(here),
        system_calls(here),
        system_call_sites(here),
        {"null_page", Evidence::probed, "nothing is mapped below 4096", nullptr, nullptr},
        {"segment_bases", Evidence::by_number, "rdgsbase and wrgsbase", nullptr, nullptr},
        register_wipe(here),
        map(here),
        vdso(here),
        system_call_filter(here),
        new_code(here),
        {"new_privileges", Evidence::by_return_value, "no_new_privs, executed programs included",
         nullptr, nullptr},
        {"descriptors", Evidence::by_return_value,
         "0, 1, 2 and those that the app declares; others are closed", nullptr, nullptr},
        {"core_dumps", Evidence::by_return_value, "none: dumpable 0", nullptr, nullptr},
    }};
}

} // namespace rt::start
