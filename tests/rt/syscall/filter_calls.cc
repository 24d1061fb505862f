/// The same calls, made by the monitor where the kernel has the filter: the program ends with a
/// line that names the call.
#include <linux/mman.h>
#include <linux/resource.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/syscall/given_up.h"

namespace {

constinit const given_up::Call *current = nullptr;

long make(const given_up::Call &call) {
    const auto &a = call.arguments;
    return rt::sys::call_raw(call.number, a[0], a[1], a[2], a[3], a[4]);
}

/// In a child, whose answer is what the kernel said to a call that was made.
void make_current() {
    constexpr int seconds = 20; // for a call that takes the process's own calls away
    rt::sys::call_raw(__NR_alarm, seconds);
    rt::log("answered {}", make(*current));
    rt::sys::exit(0);
}

bool is_strict() {
    return rt::guarantees().seccomp_mode == rt::syscall::SeccompMode::strict;
}

void expect_given_up(const given_up::Call &call) {
    current = &call;
    const auto end = harness::in_child(make_current);
    rt::Line line;
    line.format("postern: the monitor itself: system call {} ({}: ", call.number, call.name)
        .append('\0');
    if (!EXPECT(end.exit_status == 70 && end.says(line.text()) &&
                end.says(") refused by the filter at "))) {
        rt::log("  {}: status {}, {}", call.name, end.exit_status,
                static_cast<const char *>(end.text));
    }
}

} // namespace

POSTERN_TEST("run.filter.is_there", SHOWS(program_gives_up_calls)) {
    if (rt::guarantees().seccomp_mode == rt::syscall::SeccompMode::missing) {
        return harness::skip("this kernel has no filters (CONFIG_SECCOMP_FILTER)");
    }
    EXPECT(is_strict());
    EXPECT(!rt::sys::may_execute());
}

POSTERN_TEST("run.filter.a_call_that_is_given_up_ends_the_program_by_name",
             SHOWS(program_gives_up_calls)) {
    if (!is_strict()) {
        return harness::skip("this kernel has no filters");
    }
    for (const auto &call : given_up::calls) {
        expect_given_up(call);
    }
}

POSTERN_TEST("run.filter.an_x32_number_ends_the_program", SHOWS(program_gives_up_calls)) {
    if (!is_strict()) {
        return harness::skip("this kernel has no filters");
    }
    const auto end = harness::in_child([] { rt::sys::call_raw(__NR_getpid | 0x40000000); });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("the monitor itself: system call 1073741863 refused by the filter at "));
}

// The app's own memory, away from the image.
POSTERN_TEST("run.filter.memory_of_the_apps_own_is_left", SHOWS(program_gives_up_calls)) {
    const long made = rt::sys::call_raw(__NR_mmap, 0, 2 * POSTERN_PAGE, PROT_READ | PROT_WRITE,
                                        MAP_PRIVATE | MAP_ANONYMOUS, -1);
    if (!EXPECT(made > 0)) {
        return;
    }
    *reinterpret_cast<volatile char *>(made) = 1;
    EXPECT_EQUAL(rt::sys::call_raw(__NR_madvise, made, POSTERN_PAGE, MADV_DONTNEED), 0);
    EXPECT_EQUAL(*reinterpret_cast<volatile char *>(made), 0);
    EXPECT_EQUAL(rt::sys::call_raw(__NR_mprotect, made, POSTERN_PAGE, PROT_READ), 0);
    const long moved =
        rt::sys::call_raw(__NR_mremap, made, 2 * POSTERN_PAGE, 4 * POSTERN_PAGE, MREMAP_MAYMOVE);
    EXPECT(moved == -14 || moved > 0); // EFAULT: now two mappings
    EXPECT_EQUAL(rt::sys::call_raw(__NR_munmap, made, 2 * POSTERN_PAGE), 0);
}

POSTERN_TEST("run.filter.a_program_is_not_started", SHOWS(program_gives_up_calls),
             TRIES(attack_45)) {
    const char *const words[] = {"true", nullptr};
    const char *const environment[] = {nullptr};
    const auto child =
        rt::sys::spawn({.path = "/bin/true", .arguments = words, .environment = environment});
    EXPECT(!child && child.error() == rt::Errno::not_permitted);
}

POSTERN_TEST("run.privileges.no_core_file", SHOWS(privileges_are_given_up), TRIES(attack_44)) {
    rlimit64 core{1, 1};
    EXPECT_EQUAL(rt::sys::call_raw(__NR_prlimit64, 0, RLIMIT_CORE, 0, &core), 0);
    EXPECT_EQUAL(core.rlim_cur, 0);
    EXPECT_EQUAL(core.rlim_max, 0);
}

// Where there is a filter, it is a second way to refuse new code, or the only one. [linux mdwe
// v6.3]
POSTERN_TEST("run.privileges.who_refuses_new_code", SHOWS(privileges_are_given_up)) {
    const bool by_kernel = rt::guarantees().code_gain == rt::syscall::CodeGain::for_good;
    const auto release = rt::sys::kernel_release();
    const bool is_old =
        release.text[0] == '5' || (release.text[0] == '6' && release.text[1] == '.' &&
                                   release.text[2] < '3' && release.text[3] == '.');
    EXPECT_EQUAL(by_kernel, !is_old);
}
