/// The descriptors with which a program is started: kept, closed or replaced. The image executes
/// itself again with descriptors of the test's choice.
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/space/memory.h"
#include "rt/sys/call.h"
#include "tests/crt/reexec.h"

namespace {

using reexec::equal;
using reexec::require;
using rt::sys::Descriptor;

bool is_open(long number) {
    return rt::sys::call_raw(__NR_fcntl, number, F_GETFD) >= 0;
}

constexpr long strangers[] = {3, 4, 6, 20, 63, 64, 100, 1000};
constexpr long kept[] = {5, 62};

/// The started image, with everything that a hostile parent may leave open.
void check_strangers() {
    for (const long number : strangers) {
        const bool is_own = static_cast<rt::sys::Descriptor>(number) == rt::space::memory_file();
        require(is_own || !is_open(number), "a stranger's descriptor is closed");
    }
    for (const long number : kept) {
        require(is_open(number), "a declared one is kept");
    }
    require(is_open(0) && is_open(1) && is_open(2), "standard streams are kept");
    require(rt::guarantees().descriptors.kept == 5, "they are counted");
}

/// The started image, with no standard error: what it opens must not become it.
void check_closed_error() {
    require(rt::guarantees().descriptors.filled == 1, "it was filled");
    const auto file = rt::sys::open("/proc/self/status", rt::sys::Access::read);
    require(file && static_cast<int>(file.value()) > 2, "a file is not the standard error");
    rt::log("nobody reads this");
    rt::sys::exit(0);
}

/// The same with none at all.
void check_nothing_open() {
    const bool filled = rt::guarantees().descriptors.filled == 3;
    const auto file = rt::sys::open("/proc/self/status", rt::sys::Access::read);
    rt::sys::exit(filled && file && static_cast<int>(file.value()) == 3 ? 0 : 1);
}

constexpr const char *words[] = {"descriptors", nullptr};
constexpr const char *strangers_job[] = {"POSTERN_TEST_JOB=strangers", nullptr};
constexpr const char *error_job[] = {"POSTERN_TEST_JOB=error", nullptr};
constexpr const char *nothing_job[] = {"POSTERN_TEST_JOB=nothing", nullptr};

void become(const char *const *job) {
    rt::sys::call_raw(__NR_execve, "/proc/self/exe", words, job);
    rt::sys::exit(98);
}

} // namespace

void prepare(rt::Arguments arguments) {
    const char *job = arguments.environment(reexec::job_name);
    if (job == nullptr) {
        return;
    }
    if (equal(job, "strangers")) {
        check_strangers();
    } else if (equal(job, "error")) {
        check_closed_error();
    } else {
        check_nothing_open();
    }
    rt::sys::exit(0);
}

POSTERN_TEST("run.descriptors.strangers_are_closed_and_declared_ones_kept",
             SHOWS(descriptors_are_declared), TRIES(attack_42)) {
    if (!reexec::can_start()) {
        return;
    }
    const auto end = harness::in_child([] {
        for (const long number : strangers) {
            rt::sys::call_raw(__NR_dup2, 1, number);
        }
        for (const long number : kept) {
            rt::sys::call_raw(__NR_dup2, 1, number);
        }
        require(is_open(1000) && is_open(3) && is_open(62), "they were open");
        become(strangers_job);
    });
    reexec::expect_status(end, 0);
}

POSTERN_TEST("run.descriptors.nothing_becomes_a_closed_standard_error",
             SHOWS(descriptors_are_declared)) {
    if (!reexec::can_start()) {
        return;
    }
    const auto end = harness::in_child([] {
        rt::sys::call_raw(__NR_close, 2);
        become(error_job);
    });
    reexec::expect_status(end, 0);
}

POSTERN_TEST("run.descriptors.all_standard_streams_closed", SHOWS(descriptors_are_declared)) {
    if (!reexec::can_start()) {
        return;
    }
    const auto end = harness::in_child([] {
        rt::sys::call_raw(__NR_close_range, 0, ~0u, 0);
        become(nothing_job);
    });
    reexec::expect_status(end, 0);
}
