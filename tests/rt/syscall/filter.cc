/// The whole filter of the second mode, as the interpreter answers it: every number, from
/// everywhere.
#include "rt/syscall/filter.h"

#include "rt/syscall/interpreter.h"
#include "tests/harness/harness.h"
#include "tests/rt/syscall/given_up.h"

namespace {

using rt::syscall::Program;

constexpr rt::syscall::Sites sites{POSTERN_BASE + 0x1234, POSTERN_BASE + 0x5678};
constexpr uint64_t word = 0x1234567890abc000;

/// Built once more, at run time, as start builds it.
const Program &strict() {
    static constinit Program program{};
    program = rt::syscall::strict_filter(sites);
    rt::syscall::put_word(program, word);
    return program;
}

/// With the word wherever a call may show it.
uint32_t answer_at(uint64_t behind, int number, uint32_t architecture = AUDIT_ARCH_X86_64,
                   uint64_t shown = word) {
    return rt::syscall::answer_of(strict(),
                                  {number, architecture, behind, {shown, 0, 0, 0, 0, shown}});
}

uint32_t answer_to(const given_up::Call &call, uint64_t shown = word) {
    seccomp_data data{call.number, AUDIT_ARCH_X86_64, sites.call, {}};
    __builtin_memcpy(data.args, call.arguments, sizeof call.arguments);
    data.args[5] = shown;
    return rt::syscall::answer_of(strict(), data);
}

} // namespace

POSTERN_TEST("unit.filter.every_call_that_is_given_up_traps", SHOWS(program_gives_up_calls),
             TRIES(attack_11, attack_24, attack_36, attack_41, attack_43, attack_67, attack_68,
                   attack_103, attack_104)) {
    for (const auto &call : given_up::calls) {
        if (!EXPECT_EQUAL(answer_to(call), SECCOMP_RET_TRAP)) {
            rt::log("  {}", call.name);
        }
    }
}

POSTERN_TEST("unit.filter.every_call_that_is_left_passes", SHOWS(program_gives_up_calls)) {
    for (const auto &call : given_up::left) {
        if (!EXPECT_EQUAL(answer_to(call), SECCOMP_RET_ALLOW)) {
            rt::log("  {}", call.name);
        }
    }
}

// The list of this test and the table of rules name the same calls.
POSTERN_TEST("unit.filter.no_rule_without_a_case", SHOWS(program_gives_up_calls)) {
    for (const auto &rule : rt::syscall::rules) {
        bool found = false;
        for (const auto &call : given_up::calls) {
            found |= call.number == rule.number;
        }
        if (!EXPECT(found)) {
            rt::log("  {}", rule.name);
        }
    }
}

// A domain at one of the runtime's sites has every register but the word.
POSTERN_TEST("unit.filter.nothing_passes_without_the_word", SHOWS(call_word_stays_secret)) {
    const uint64_t wrong[] = {0,
                              word ^ 0x1000,
                              word ^ (uint64_t{1} << 63),
                              word & UINT32_MAX,
                              word >> 32 << 32,
                              (word >> 32) | (word << 32),
                              ~word};
    for (const uint64_t shown : wrong) {
        for (int number = -1; number < 1024; ++number) {
            EXPECT_EQUAL(answer_at(sites.call, number, AUDIT_ARCH_X86_64, shown), SECCOMP_RET_TRAP);
            EXPECT_EQUAL(answer_at(sites.restorer, number, AUDIT_ARCH_X86_64, shown),
                         SECCOMP_RET_TRAP);
        }
        for (const auto &call : given_up::left) {
            EXPECT_EQUAL(answer_to(call, shown), SECCOMP_RET_TRAP);
        }
    }
}

POSTERN_TEST("unit.filter.nothing_passes_from_elsewhere", SHOWS(program_gives_up_calls)) {
    const uint64_t places[] = {0,
                               POSTERN_BASE,
                               sites.call - 1,
                               sites.call + 1,
                               sites.restorer + 1,
                               sites.call & UINT32_MAX,
                               sites.call | uint64_t{1} << 63,
                               0xffffffffff600400,
                               0x7ffff7fc1000};
    for (const uint64_t place : places) {
        for (int number = -1; number < 1024; ++number) {
            EXPECT_EQUAL(answer_at(place, number), SECCOMP_RET_TRAP);
        }
    }
}

POSTERN_TEST("unit.filter.the_restorer_may_return_and_no_more", SHOWS(program_gives_up_calls)) {
    for (int number = -1; number < 1024; ++number) {
        EXPECT_EQUAL(answer_at(sites.restorer, number),
                     number == __NR_rt_sigreturn ? SECCOMP_RET_ALLOW : SECCOMP_RET_TRAP);
    }
}

POSTERN_TEST("unit.filter.no_other_architecture_and_no_x32", SHOWS(program_gives_up_calls)) {
    for (int number = 0; number < 1024; ++number) {
        EXPECT_EQUAL(answer_at(sites.call, number, AUDIT_ARCH_I386), SECCOMP_RET_TRAP);
        EXPECT_EQUAL(answer_at(sites.call, number | 0x40000000), SECCOMP_RET_TRAP);
    }
}

// Programs that an app with MAY_EXEC executes inherit the filter, which refuses nothing that a C
// library needs.
POSTERN_TEST("unit.filter.executed_programs_can_live_with_what_they_inherit",
             SHOWS(executing_app_says_its_rules)) {
    const Program inherited = rt::syscall::inherited_filter();
    const int needed[] = {
        __NR_execve,     __NR_mmap,       __NR_mprotect,        __NR_brk,
        __NR_arch_prctl, __NR_prctl,      __NR_set_tid_address, __NR_set_robust_list,
        __NR_rseq,       __NR_clone3,     __NR_clone,           __NR_rt_sigreturn,
        __NR_seccomp,    __NR_pkey_alloc, __NR_pkey_mprotect,   __NR_personality};
    constexpr uint64_t their_place = 0x7f0000001000;
    for (const int number : needed) {
        const seccomp_data shown{number, AUDIT_ARCH_X86_64, their_place, {}};
        EXPECT_EQUAL(rt::syscall::answer_of(inherited, shown), SECCOMP_RET_ALLOW);
    }
    for (const int number : given_up::from_children) {
        const seccomp_data shown{number, AUDIT_ARCH_X86_64, their_place, {}};
        EXPECT_EQUAL(rt::syscall::answer_of(inherited, shown), SECCOMP_RET_ERRNO | 1);
    }
}

// The page that dispatch does not see, for domains and executed programs.
POSTERN_TEST("unit.filter.executed_programs_have_no_vsyscall_page",
             SHOWS(executing_app_says_its_rules)) {
    const Program inherited = rt::syscall::inherited_filter();
    for (uint64_t entry = 0; entry < 3; ++entry) {
        constexpr int numbers[] = {__NR_gettimeofday, __NR_time, __NR_getcpu};
        const seccomp_data shown{
            numbers[entry], AUDIT_ARCH_X86_64, 0xffffffffff600000 + 0x400 * entry, {}};
        EXPECT_EQUAL(rt::syscall::answer_of(inherited, shown), SECCOMP_RET_TRAP);
    }
}
