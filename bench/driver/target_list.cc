/// The list of targets for costs. `bench_targets` prints the table of bench/README.md.
#include "bench/driver/target_list.h"

#include <array>

#include "bench/driver/layout.h"

namespace driver {

namespace {

using Sense = Target::Sense;

constexpr std::array list{
    Target{"call, trusted", "u", "payload/call_trusted", "u", "payload/floor_trusted", 1.55},
    Target{"call, untrusted", "u", "payload/call_untrusted", "u", "payload/floor_untrusted", 1.85},
    Target{"domain to domain, untrusted", "u", "payload/domain_to_domain", "u",
           "payload/floor_domain_to_domain", 3.2},
    Target{"nested gate, 32 deep", "a flat call", "payload/nested_32", "payload/nested_1", "",
           1.00},
    Target{"call in an app with heaps and policies", "the same without",
           "alternative/lives_call_untrusted", "the same without", "", 1.005},
    Target{"call amid 200 multiplications, added", "the call alone",
           "payload/work_and_call_untrusted", "payload/call_untrusted", "", 1.05,
           Sense::adds_at_most},
    Target{"mediated system call", "getppid", "payload/mediated_getppid", "getppid",
           "payload/getppid_selector_open", 1.60},
    Target{"a domain's own system call, refused", "getppid", "payload/fault_syscall", "getppid",
           "alternative/sigsys_jump", 9},
    Target{"a domain's own system call, granted", "getppid", "payload/granted_syscall", "getppid",
           "alternative/sigsys_sigreturn", 14},
    Target{"fault to caller", "the bare route", "payload/fault", "bare route, null write", "",
           1.20},
    Target{"fork, crash and wait", "fault to caller", "alternative/fork_crash_wait",
           "payload/fault", "", 60, Sense::at_least},
    Target{"start-up with 13 domains", "static glibc hello", "alternative/start_postern_thirteen",
           "alternative/start_glibc_hello", "", 0.70},
    Target{"start-up with 13 domains", "bare exit", "alternative/start_postern_thirteen",
           "bare exit", "alternative/start_bare_hello", 2.3},
    Target{"start-up, added by 13 heaps", "us", "alternative/start_thirteen_heaps", "us", "", 130,
           Sense::adds_at_most},
    // 0.95 of the throughput.
    Target{"zlib in a domain, 16 KiB a call", "called directly", "alternative/inflate_16384",
           "called directly", "", 1 / 0.95},
    Target{"zlib in a domain, 1 MiB a call", "called directly", "alternative/inflate_1048576",
           "called directly", "", 1 / 0.95},
    Target{"checked copy of 4 KiB, copying alone", "rep movsb", "payload/copy_in_open_window_4096",
           "rep movsb of 4096", "", 1.11},
    Target{"checked copy of 64 bytes, added to rep movsb", "u", "payload/copy_from_domain_64", "u",
           "payload/floor_copy_64", 1.23, Sense::adds_at_most},
    Target{"checked copy of 64 KiB", "rep movsb", "payload/copy_from_domain_65536",
           "rep movsb of 65536", "payload/floor_copy_65536", 1.11},
    Target{"memcpy of 64 bytes", "glibc's", "alternative/memcpy_64", "glibc's", "", 1.3},
    Target{"memcpy of 64 KiB", "glibc's", "alternative/memcpy_65536", "glibc's", "", 1.3},
    Target{"memmove upwards of 4 KiB", "glibc's", "alternative/memmove_up_4096", "glibc's", "",
           1.3},
    Target{"memset of 4 KiB", "glibc's", "alternative/memset_4096", "glibc's", "", 1.3},
    Target{"memcmp of 4 KiB", "glibc's", "alternative/memcmp_4096", "glibc's", "", 1.3},
    Target{"malloc and its like, recorded trace", "glibc's", "alternative/heap_recorded_trace",
           "glibc's", "", 0.6},
    Target{"malloc and free, random sizes", "glibc's", "alternative/heap_random_sizes", "glibc's",
           "", 1.0},
    Target{"malloc and free, small churn", "glibc's", "alternative/heap_small_churn", "glibc's", "",
           0.8},
    // Domains with address spaces of their own.
    Target{"own space: call", "bare yields", "alternative/space_call", "bare yields", "", 1.20},
    Target{"own space: call", "bare futex", "alternative/space_call_and_futex", "bare futex", "",
           0.68},
    Target{"own space: call", "pipe", "alternative/space_call_and_pipe", "pipe", "", 0.55},
    Target{"own space: call, by sleep", "bare futex", "alternative/space_call_asleep",
           "bare futex", "", 1.10},
    Target{"own space: call, by sleep", "pipe", "alternative/space_call_asleep_and_pipe", "pipe",
           "", 0.90},
    Target{"own space: call with a deadline, by sleep", "without",
           "alternative/space_call_within_asleep", "call_asleep", "", 1.15},
    Target{"own space: domain to domain", "a call", "alternative/space_domain_to_domain", "call",
           "", 4.8},
    Target{"own space: call, spinning", "bare spins", "alternative/space_call_spin", "bare spins",
           "", 1.15},
    Target{"own space: call with a deadline, spinning", "without",
           "alternative/space_call_within_spin", "call, spinning", "", 1.02},
    Target{"own space: fault, spinning", "its parts", "alternative/space_fault_spin",
           "SIGSEGV and bare spins", "", 1.15},
    Target{"own space: system call, refused, spinning", "its parts",
           "alternative/space_refused_spin", "SIGSYS and bare spins", "", 1.10},
    Target{"own space: system call, granted, spinning", "its parts",
           "alternative/space_answered_spin", "SIGSYS, its return and bare spins", "", 1.20},
    Target{"own space: fault", "its parts", "alternative/space_fault", "SIGSEGV and bare yields",
           "", 1.15},
    Target{"own space: system call, refused", "its parts", "alternative/space_refused",
           "SIGSYS and bare yields", "", 1.10},
    Target{"own space: system call, granted", "its parts", "alternative/space_answered",
           "SIGSYS, its return and bare yields", "", 1.20},
    Target{"own space: changes by lists of 8, by sleep", "one by one",
           "alternative/space_update_8_asleep", "update_asleep", "", 0.35},
    Target{"own space: changes by lists of 64, by sleep", "one by one",
           "alternative/space_update_64_asleep", "update_asleep", "", 0.28},
    Target{"own space: 1 program, spinning", "the best pairs",
           "alternative/space_programs_1_spin", "the best bare pairs", "", 2.0},
    Target{"own space: 1 program, spinning, 10,000 cycles of work", "the best pairs",
           "alternative/space_programs_1_10k_spin", "the best bare pairs", "", 2.0},
    Target{"own space: 1 program, spinning, 1,000,000 cycles of work", "the best pairs",
           "alternative/space_programs_1_1M_spin", "the best bare pairs", "", 2.0},
    Target{"own space: 2 programs, spinning", "the best pairs",
           "alternative/space_programs_2_spin", "the best bare pairs", "", 2.0},
    Target{"own space: 2 programs, spinning, 10,000 cycles of work", "the best pairs",
           "alternative/space_programs_2_10k_spin", "the best bare pairs", "", 2.0},
    Target{"own space: 2 programs, spinning, 1,000,000 cycles of work", "the best pairs",
           "alternative/space_programs_2_1M_spin", "the best bare pairs", "", 2.0},
    Target{"own space: 4 programs, spinning", "the best pairs",
           "alternative/space_programs_4_spin", "the best bare pairs", "", 2.0},
    Target{"own space: 4 programs, spinning, 10,000 cycles of work", "the best pairs",
           "alternative/space_programs_4_10k_spin", "the best bare pairs", "", 2.0},
    Target{"own space: 4 programs, spinning, 1,000,000 cycles of work", "the best pairs",
           "alternative/space_programs_4_1M_spin", "the best bare pairs", "", 2.0},
    Target{"own space: restart with a spare, and the next call", "kill, wait and stores",
           "alternative/space_rested_restart_and_call", "kill, wait and stores", "", 1.20},
    Target{"own space: birth", "fork, exit and wait", "alternative/space_birth_and_fork",
           "fork, exit and wait", "", 1.30},
    Target{"own space: birth by one list", "by calls", "alternative/space_birth",
           "birth_by_calls", "", 1.0},
    Target{"own space: death known", "waitid on a pidfd", "alternative/space_death",
           "waitid on a pidfd", "", 1.20},
    Target{"own space: start-up with 13 domains", "bare exit", "alternative/start_thirteen_spaces",
           "bare exit", "", 2.2},
};

} // namespace

std::span<const Target> targets() {
    return list;
}

std::string limit_of(const Target &target) {
    const std::string unit = target.limit;
    return (target.sense == Sense::at_least ? ">= " : "<= ") + shown(target.value) +
           (unit == "u" || unit == "us" ? " " + unit : " x " + unit);
}

} // namespace driver
