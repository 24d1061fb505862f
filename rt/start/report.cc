/// The start-up report. Its grammar: rt/start/README.md.
#include "rt/start/report.h"

#include "rt/base/options.h"
#include "rt/domain/alias.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/key/processor.h"
#include "rt/life/heap.h"
#include "rt/life/policy.h"
#include "rt/patch/apply.h"
#include "rt/seal/table.h"
#include "rt/space/spin.h"
#include "rt/sys/log.h"
#include "rt/sys/process.h"

namespace rt::start {

namespace {

size_t length_of(const char *text) {
    size_t length = 0;
    while (text[length] != '\0') {
        ++length;
    }
    return length;
}

/// Prints a value that is not trusted: its control bytes are escaped.
void print(const char *key, const char *value) {
    base::Line line;
    line.append(key).append_escaped(value, length_of(value));
    sys::log(line);
}

/// Whether the machine is QEMU's emulation. Leaf 1 shows whether there is a hypervisor, which then
/// fills leaf 40000000H. [linux cpufeature.h v6.12, qemu i386/cpu.c 7.2]
bool is_emulated(const key::CpuidLeaves &leaves) {
    constexpr uint32_t has_hypervisor = 1u << 31;
    constexpr uint32_t tcgt = 0x54474354, cgtc = 0x43544743, gtcg = 0x47435447;
    const key::Leaf leaf = key::cpuid(0x40000000);
    return (leaves.version.ecx & has_hypervisor) != 0 && leaf.ebx == tcgt && leaf.ecx == cgtc &&
           leaf.edx == gtcg;
}

void print_processor() {
    const key::CpuidLeaves leaves = key::read_all_leaves();
    const key::Processor processor = key::decode(leaves);
    print("processor vendor ", processor.vendor.text);
    sys::log("processor family {}", processor.family);
    sys::log("processor model {}", processor.model);
    sys::log("processor stepping {}", processor.stepping);
    print("processor brand ", processor.brand.text);
    if (is_emulated(leaves)) {
        sys::log("processor emulated QEMU TCG");
    }
}

void print_alternatives() {
    struct Row {
        const char *name;
        patch::Feature feature;
    };
#define FEATURE(name, number) {#name, patch::Feature::name},
    static constexpr Row rows[] = {RT_FEATURES(FEATURE)};
#undef FEATURE
    const patch::Applied &done = patch::applied();
    base::Line line;
    line.format("alternatives patched {} of {} sites:", done.patched, done.sites);
    for (const Row &row : rows) {
        if (done.features.has(row.feature)) {
            line.append(' ').append(row.name);
        }
    }
    sys::log(line);
    if (done.refused) {
        sys::log("alternatives left as the file has them: inherited PR_SET_MDWE refuses new code");
    }
}

const char *text_of(Evidence evidence) {
    switch (evidence) {
    case Evidence::probed:
        return "probed";
    case Evidence::by_return_value:
        return "by_return_value";
    case Evidence::by_number:
        return "by_number";
    }
    return "unknown";
}

void print_guarantee(const Guarantee &row) {
    base::Line line;
    line.format("guarantee {} {} {} {}", row.name, row.missing == nullptr ? "full" : "weaker",
                text_of(row.evidence), row.provider);
    if (row.missing != nullptr) {
        line.append(": ").append(row.missing);
    }
    sys::log(line);
}

/// What is otherwise than with keys, and no guarantee of either.
struct Difference {
    const char *name; // one word
    const char *text;
};
constexpr Difference differences[] = {
    {"faults", "what a fault says of itself, for example its address, is what the domain's process "
               "says of it; that the call has ended is certain"},
    {"answered", "a domain that has answered can run on, in its own process and on its own and "
                 "shared memory, until its next order, its restart or the end"},
    {"windows", "a window of the monitor's is an address, not a right: code of the monitor's that "
                "forges such an address reaches a domain's memory outside of windows, too"},
};

/// The domains with an address space of their own, where others have keys.
void print_own() {
    base::Line line;
    line.append("isolation own");
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::domain && key::is_apart(domain::domain_of(record))) {
            line.append(' ').append(domain::name_of(record));
        }
    }
    sys::log(line);
}

void print_isolation() {
    sys::log("isolation kind {}", key::name_of(key::isolation()));
    if (!domain::is_any_apart()) {
        return;
    }
    if (key::has_keys()) {
        print_own();
    }
    sys::log("isolation waiting {}",
             space::can_spin()     ? "on two cores"
             : __option_spins == 1 ? "on the caller's core: WAITING spin, but this program has one"
                                   : "on the caller's core");
    for (const Difference &row : differences) {
        sys::log("isolation {} {}", row.name, row.text);
    }
}

void print_seal(const seal::Row &row, seal::Provider provider) {
    const char *sealed = provider == seal::Provider::mseal ? "sealed" : "open";
    sys::log("seal {} {}: {}", row.name, row.begin == nullptr ? "exempt" : sealed, row.text);
}

void print_seals(seal::Provider provider) {
    for (const seal::Row &row : seal::table) {
        print_seal(row, provider);
    }
    for (const seal::Row &row : seal::added()) {
        print_seal(row, provider);
    }
}

const char *text_of(life::HeapSearch search) {
    switch (search) {
    case life::HeapSearch::scan:
        return "scan";
    case life::HeapSearch::entries:
        return "entries";
    case life::HeapSearch::file:
        return "file";
    case life::HeapSearch::stores:
        return "stores";
    }
    return "unknown";
}

const char *verdict_of(const life::Policy &row) {
    if (row.decide != nullptr) {
        return "ask";
    }
    switch (row.verdict) {
    case life::Verdict::keep:
        return "keep";
    case life::Verdict::restart:
        return "restart";
    case life::Verdict::give_up:
        return "give_up";
    }
    return "unknown";
}

void print_policy(const life::Policy &row) {
    base::Line more;
    if (row.times != 0) {
        more.format(", a rest after more than {} restarts in a second", row.times);
    }
    if (row.shortest_life != 0) {
        more.format(", a rest after a life of less than {} ns", row.shortest_life);
    }
    if (row.before != nullptr) {
        more.append(", a hook before it");
    }
    if (row.clean.run != nullptr) {
        more.format(", a clean-up for {} ns at most", row.clean.nanoseconds);
    }
    if (row.after != nullptr) {
        more.append(", a hook after it");
    }
    base::Line line;
    line.format("policy {} {}", domain::name_of(row.domain), verdict_of(row));
    if (more.bytes() != 0) {
        line.append(':').append(more.text() + 1, more.bytes() - 1); // without the first comma
    }
    sys::log(line);
}

/// After its faults. A domain without a row is kept.
void print_policies() {
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::domain) {
            if (const auto *row = life::policy_of(domain::domain_of(record)); row != nullptr) {
                print_policy(*row);
            }
        }
    }
}

/// The cost of restarts alone: their effect is the same everywhere.
void print_restart() {
    if (!domain::has_heaps()) {
        sys::log("restart heaps none: no domain has one");
        return;
    }
    const life::HeapClearing &how = life::heap_clearing();
    sys::log("restart heaps {} {}: {}", text_of(how.search), how.discards ? "discarded" : "cleared",
             how.discards ? "what is after KEEP goes back to the kernel"
                          : "nothing goes back to a kernel that does not seal");
}

} // namespace

bool is_report_wanted(const Arguments &arguments) {
    const char *wanted = arguments.environment("POSTERN_REPORT");
    return wanted != nullptr && wanted[0] == '1' && wanted[1] == '\0';
}

void report(const GuaranteeTable &table, const Guarantees &here) {
    sys::log("postern report 1");
    print_processor();
    print("kernel release ", sys::kernel_release().text);
    print_isolation();
    print_alternatives();
    sys::log("descriptors kept {}", here.descriptors.kept);
    sys::log("descriptors closed {}", here.descriptors.closed);
    sys::log("descriptors filled {}", here.descriptors.filled);
    for (const Guarantee &row : table.rows) {
        print_guarantee(row);
    }
    print_seals(here.map);
    print_restart();
    print_policies();
    sys::log("summary guarantees {}", table.is_full() ? "full" : "weaker");
    sys::log("postern report end");
}

} // namespace rt::start
