/// The seccomp filter of kernels without dispatch, step by step as the kernel runs it.
#include "rt/syscall/filter.h"
#include "rt/syscall/interpreter.h"
#include "tests/harness/harness.h"

namespace {

constexpr uint64_t call = POSTERN_BASE + 0x1234;
constexpr uint64_t restorer = POSTERN_BASE + 0x5678;
constexpr uint32_t arch_64 = AUDIT_ARCH_X86_64;

constexpr uint64_t word = 0x1234567890abc000;

constexpr auto filter = [] {
    auto program = rt::syscall::site_filter({call, restorer});
    rt::syscall::put_word(program, word);
    return program;
}();

constexpr uint32_t answer_to(int number, uint32_t architecture, uint64_t behind,
                             uint64_t shown = word) {
    return rt::syscall::answer_of(filter,
                                  {number, architecture, behind, {shown, 0, 0, 0, 0, shown}});
}

constexpr bool allows(int number, uint32_t architecture, uint64_t behind) {
    return answer_to(number, architecture, behind) == SECCOMP_RET_ALLOW;
}
constexpr bool traps(int number, uint32_t architecture, uint64_t behind) {
    return answer_to(number, architecture, behind) == SECCOMP_RET_TRAP;
}

static_assert(allows(__NR_write, arch_64, call));
static_assert(traps(__NR_write, arch_64, call + 1) && traps(__NR_write, arch_64, call - 1));
static_assert(allows(__NR_rt_sigreturn, arch_64, restorer));
static_assert(traps(__NR_write, arch_64, restorer));
static_assert(traps(__NR_write, AUDIT_ARCH_I386, call));
static_assert(traps(__NR_write, arch_64, call + (uint64_t{1} << 32)));

} // namespace

POSTERN_TEST("unit.site_filter.allows_every_call_from_its_site", SHOWS(filter_demands_the_word)) {
    for (int number = -1; number < 1024; ++number) {
        EXPECT(allows(number, arch_64, call));
    }
}

POSTERN_TEST("unit.site_filter.allows_the_restorer_one_call", SHOWS(filter_demands_the_word)) {
    for (int number = -1; number < 1024; ++number) {
        EXPECT(number == __NR_rt_sigreturn ? allows(number, arch_64, restorer)
                                           : traps(number, arch_64, restorer));
    }
}

POSTERN_TEST("unit.site_filter.traps_every_call_without_the_word", SHOWS(filter_demands_the_word)) {
    for (unsigned bit = 0; bit < 64; ++bit) {
        const uint64_t wrong = word ^ (uint64_t{1} << bit);
        for (int number = -1; number < 1024; ++number) {
            EXPECT_EQUAL(answer_to(number, arch_64, call, wrong), SECCOMP_RET_TRAP);
            EXPECT_EQUAL(answer_to(number, arch_64, restorer, wrong), SECCOMP_RET_TRAP);
        }
    }
}

POSTERN_TEST("unit.site_filter.traps_what_comes_from_elsewhere", SHOWS(filter_demands_the_word)) {
    const uint64_t places[] = {0,
                               ~uint64_t{0},
                               POSTERN_BASE,
                               call - 2,
                               call + 2,
                               restorer - 1,
                               restorer + 1,
                               call & UINT32_MAX,
                               restorer & UINT32_MAX,
                               0xffffffffff600400,
                               call | uint64_t{1} << 63};
    for (const uint64_t place : places) {
        EXPECT(traps(__NR_write, arch_64, place));
        EXPECT(traps(__NR_rt_sigreturn, arch_64, place));
    }
}

// Their numbers mean other calls; int 0x80 and sysenter show this architecture.
POSTERN_TEST("unit.site_filter.traps_the_calls_of_other_architectures",
             SHOWS(filter_demands_the_word)) {
    const uint32_t others[] = {AUDIT_ARCH_I386, AUDIT_ARCH_AARCH64, 0};
    for (const uint32_t architecture : others) {
        EXPECT(traps(__NR_write, architecture, call));
        EXPECT(traps(__NR_rt_sigreturn, architecture, restorer));
        EXPECT(traps(173, architecture, restorer)); // rt_sigreturn of 32-bit programs
    }
}
