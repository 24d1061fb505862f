/// What the runtime guarantees on this machine, what provides it, and how that was found out.
#pragma once

#include "rt/key/isolation.h"
#include "rt/seal/initial_mappings.h"
#include "rt/seal/seal.h"
#include "rt/start/interpose.h"
#include "rt/syscall/descriptors.h"
#include "rt/syscall/install.h"
#include "rt/syscall/process.h"
#include "rt/trap/strategy.h"

namespace rt::start {

/// How something was found out: by what the kernel did when it was tried, by what it answered when
/// it was asked for, or by a number that it shows.
enum class Evidence : uint8_t { probed, by_return_value, by_number };

/// The facts that depend on processor or kernel and whose absence does not end the program at
/// start. Known before `prepare`.
struct Guarantees {
    key::Isolation isolation;
    trap::FrameStrategy frames;
    Mediation system_calls;
    Evidence mediation_evidence;
    bool key_0_writable;    // by some domain, because its declaration says so
    uint64_t vector_depth;  // how far gates wipe: RT_WIPE_SSE, _AVX or _AVX512 of rt/base/slot.h
    uint64_t unwiped_state; // bits of XCR0 whose registers no gate wipes
    seal::Provider map;     // what refuses a change of the memory map
    seal::Vdso vdso;        //
    syscall::SeccompMode seccomp_mode;
    syscall::CodeGain code_gain;
    syscall::FoundDescriptors descriptors;
};

const Guarantees &guarantees();

/// One line of the report.
struct Guarantee {
    const char *name;     // one word
    Evidence evidence;    //
    const char *provider; // what provides it here
    const char *missing;  // what a domain can do here; null where the guarantee is full
    const char *remedy;   // where it is full; null as above
};

struct GuaranteeTable {
    Guarantee rows[15];
    /// Whether none is weaker.
    bool is_full() const {
        bool full = true;
        for (const Guarantee &row : rows) {
            full = full && row.missing == nullptr;
        }
        return full;
    }
};

GuaranteeTable table_of(const Guarantees &guarantees);

} // namespace rt::start
