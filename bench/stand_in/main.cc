/// The payload's rows without isolation, on any processor: the same gate sources with another
/// instruction instead of wrpkru. It shows only the cost of a gate beyond its wrpkru pair.
#include "bench/payload/rows.h"
#include "bench/payload/run.h"
#include "crt/system.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/patch/apply.h"
#include "rt/rt.h"

namespace rt::life {

// No call faults here, and no policy is to be applied.
bool answer(const base::Fault &) {
    return false;
}

} // namespace rt::life

// Gates jump there only where domains have address spaces of their own.
asm(R"(
  .globl rt_space_enter, rt_space_lend, rt_space_stub_service, rt_space_stub_cross
rt_space_enter:
rt_space_lend:
rt_space_stub_service:
rt_space_stub_cross:
  ud2
)");

namespace bench {

constinit const char *const unit_name = "u of the stand-in";

namespace {

/// One slot of an arena: the words that gs leads to are in its first pages.
alignas(POSTERN_SLOT_SIZE) constinit char arena[POSTERN_SLOT_SIZE] = {};
rt::base::Slot &slot() {
    return *reinterpret_cast<rt::base::Slot *>(arena + POSTERN_SLOT_GS);
}

constexpr unsigned domains = 3;
constexpr size_t stack_bytes = 65536;
alignas(4096) constinit char stacks[domains][stack_bytes]{};

constexpr const Rows *tables[] = {&call_rows,    &across_rows, &nested_rows, &ladder_rows,
                                  &part_rows,    &shape_rows,  &work_rows,   &overhead_rows,
                                  &latency_rows, &access_rows, &copy_rows};
constexpr Program program = {"bench_stand_in", "stand_in/", tables,
                             sizeof tables / sizeof tables[0], nullptr};

/// The vector registers that the kernel has enabled, by the compiler's own test.
uint64_t vector_depth() {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512bw")) {
        return RT_WIPE_AVX512;
    }
    return __builtin_cpu_supports("avx") ? RT_WIPE_AVX : RT_WIPE_SSE;
}

uint64_t read_fs_base() {
    uint64_t base;
    asm volatile("rdfsbase %0" : "=r"(base));
    return base;
}

/// Does the same as crt and rt's start for the first thread of an app.
void prepare_slot() {
    constexpr long arch_prctl = 158; // [linux syscall_64.tbl v6.12]
    constexpr long set_gs = 0x1001;  // [linux prctl.h v6.12]
    crt::must(rt_sys_call_early(set_gs, reinterpret_cast<long>(&bench::slot()), 0, 0, 0, 0, arch_prctl),
              "pointing gs at the slot");
    rt::base::Slot &slot = bench::slot();
    slot.self = reinterpret_cast<uint64_t>(&slot);
    slot.state = RT_STATE_MONITOR;
    slot.view = RT_PKRU_MONITOR;
    slot.selector = RT_SELECTOR_BLOCK;
    slot.wipe_level = vector_depth();
    for (unsigned index = 0; index < domains; ++index) {
        slot.stack[POSTERN_KEY_FIRST_DOMAIN + index] =
            reinterpret_cast<uint64_t>(stacks[index] + stack_bytes);
    }
    slot.fs_base = read_fs_base();
}

/// Patches the gates to jump to the level of their wipe, as in an app. The replacement of wrpkru
/// stays.
void patch_gates() {
    rt::patch::apply(rt::patch::Features().with(rt::patch::wipe_of(slot().wipe_level)));
}

} // namespace

} // namespace bench

/// Called by the C library, by which this program starts and which it does not use otherwise.
extern "C" int main(int count, char **words) {
    bench::prepare_slot();
    rt::domain::index_regions();
    bench::patch_gates();
    return bench::run(bench::program, words + 1, count - 1);
}
