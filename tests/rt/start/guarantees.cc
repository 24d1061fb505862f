/// The table of guarantees: one weaker row, and the whole is not full.
#include "rt/start/guarantees.h"

#include "rt/base/slot.h"
#include "tests/harness/harness.h"

namespace {

using rt::start::Evidence;
using rt::start::Guarantees;

constexpr Guarantees all{.isolation = rt::key::Isolation::keys,
                         .frames = rt::trap::FrameStrategy::monitor_key,
                         .system_calls = rt::Mediation::dispatch,
                         .mediation_evidence = Evidence::by_return_value,
                         .key_0_writable = false,
                         .vector_depth = RT_WIPE_AVX,
                         .unwiped_state = 0,
                         .map = rt::seal::Provider::mseal,
                         .vdso = rt::seal::Vdso::removed,
                         .seccomp_mode = rt::syscall::SeccompMode::strict,
                         .code_gain = rt::syscall::CodeGain::for_good,
                         .descriptors = {.kept = 3, .closed = 0, .filled = 0}};

/// How many rows are weaker.
int weaker_rows(const Guarantees &here) {
    int weaker = 0;
    for (const auto &row : rt::start::table_of(here).rows) {
        EXPECT_EQUAL(row.missing == nullptr, row.remedy == nullptr);
        weaker += row.missing != nullptr ? 1 : 0;
    }
    EXPECT_EQUAL(rt::start::table_of(here).is_full(), weaker == 0);
    return weaker;
}

POSTERN_TEST("unit.guarantees.each_weakness_is_one_row",
             SHOWS(unwiped_registers_are_told, sealing_table_is_told)) {
    EXPECT_EQUAL(weaker_rows(all), 0);
    Guarantees here = all;
    here.frames = rt::trap::FrameStrategy::frame_key;
    EXPECT_EQUAL(weaker_rows(here), 1);
    here = all;
    here.system_calls = rt::Mediation::filter;
    EXPECT_EQUAL(weaker_rows(here), 0); // the call word replaces the selector
    here = all;
    here.key_0_writable = true;
    EXPECT_EQUAL(weaker_rows(here), 1);
    here = all;
    here.map = rt::seal::Provider::nothing;
    EXPECT_EQUAL(weaker_rows(here), 1);
    here.map = rt::seal::Provider::nobody;
    EXPECT_EQUAL(weaker_rows(here), 1);
    here = all;
    here.vdso = rt::seal::Vdso::kept;
    EXPECT_EQUAL(weaker_rows(here), 0);
    here = all;
    here.seccomp_mode = rt::syscall::SeccompMode::may_exec;
    EXPECT_EQUAL(weaker_rows(here), 1);
    here.seccomp_mode = rt::syscall::SeccompMode::missing;
    EXPECT_EQUAL(weaker_rows(here), 1);
    here.seccomp_mode = rt::syscall::SeccompMode::omitted;
    EXPECT_EQUAL(weaker_rows(here), 1);
}

POSTERN_TEST("unit.guarantees.without_keys_all_that_memory_carries_is_weaker",
             SHOWS(runs_without_isolation_if_told)) {
    Guarantees here = all;
    here.isolation = rt::key::Isolation::none;
    EXPECT_EQUAL(weaker_rows(here), 5); // keys, key 0, frames, and the selector of both call rows
    here.system_calls = rt::Mediation::filter;
    EXPECT_EQUAL(weaker_rows(here), 4); // no memory opens a filter; its word is read
}

POSTERN_TEST("unit.guarantees.address_spaces_replace_what_a_kernel_lacks",
             SHOWS(machine_is_found_out_and_told)) {
    Guarantees here = all;
    here.isolation = rt::key::Isolation::spaces;
    here.frames = rt::trap::FrameStrategy::frame_key;
    here.map = rt::seal::Provider::nothing;
    here.seccomp_mode = rt::syscall::SeccompMode::may_exec;
    here.code_gain = rt::syscall::CodeGain::not_by_kernel;
    EXPECT_EQUAL(weaker_rows(here), 0);
    here.seccomp_mode = rt::syscall::SeccompMode::missing; // then no domain has one either
    EXPECT_EQUAL(weaker_rows(here), 2);
}

POSTERN_TEST("unit.guarantees.registers_that_no_gate_wipes_are_weaker",
             SHOWS(unwiped_registers_are_told)) {
    Guarantees here = all;
    here.unwiped_state = uint64_t{1} << 19;
    EXPECT_EQUAL(weaker_rows(here), 1);
}

// The filter refuses new code by itself; without either nothing does.
POSTERN_TEST("unit.guarantees.new_code_is_refused_twice", SHOWS(executing_app_says_its_rules)) {
    Guarantees here = all;
    here.code_gain = rt::syscall::CodeGain::not_by_kernel;
    EXPECT_EQUAL(weaker_rows(here), 0);
    here.seccomp_mode = rt::syscall::SeccompMode::may_exec;
    EXPECT_EQUAL(weaker_rows(here), 2);
    here.code_gain = rt::syscall::CodeGain::for_this_one;
    EXPECT_EQUAL(weaker_rows(here), 1);
}

} // namespace
